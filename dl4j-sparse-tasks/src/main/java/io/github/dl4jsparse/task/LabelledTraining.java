package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network with a number of labelled examples that fits into memory: epoch after epoch in a new random order, with a rate
 * that falls to zero on a straight line. Examples at the end of an epoch that fill no batch are left out of it.
 *
 * @param batch   examples an update, at least 1; fewer if there are fewer
 * @param updates at least 1
 * @param rate    of all layers at the start, finite and &gt; 0
 * @param seed    of the order
 */
public record LabelledTraining(int batch, int updates, double rate, long seed) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public LabelledTraining {
        Args.atLeast("batch", batch, 1);
        Args.atLeast("updates", updates, 1);
        Args.positive("rate", rate);
    }

    /**
     * Trains.
     *
     * @param net      initialised. Modified in place.
     * @param labelled Not modified.
     */
    public void fit(MultiLayerNetwork net, DataSet labelled) {
        fit(net, labelled, UnaryOperator.identity());
    }

    /**
     * The same with a transformation of each batch.
     *
     * @param change gives the batch to train on; the arrays that it is given are used again for the next one
     */
    public void fit(MultiLayerNetwork net, DataSet labelled, UnaryOperator<DataSet> change) {
        net.setLearningRate(new LinearFall(rate, updates));
        Random random = new Random(seed);
        int size = Math.min(batch, labelled.numExamples());
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, labelled.numExamples()).boxed().toList());
        int next = order.size();
        // new arrays would be kept in native memory until the next garbage collection
        DataSet used = new DataSet(batch(labelled.getFeatures(), size), batch(labelled.getLabels(), size));
        for (int update = 0; update < updates; update++) {
            if (next + size > order.size()) {
                Collections.shuffle(order, random);
                next = 0;
            }
            int[] rows =
                    order.subList(next, next + size).stream().mapToInt(i -> i).toArray();
            next += size;
            pull(labelled.getFeatures(), used.getFeatures(), rows);
            pull(labelled.getLabels(), used.getLabels(), rows);
            net.fit(change.apply(used));
        }
    }

    private static INDArray batch(INDArray data, int size) {
        long[] shape = data.shape().clone();
        shape[0] = size;
        return Nd4j.create(data.dataType(), shape, 'c');
    }

    private static void pull(INDArray from, INDArray to, int[] rows) {
        Nd4j.pullRows(matrix(from), matrix(to), 1, rows);
    }

    private static INDArray matrix(INDArray examples) {
        return examples.rank() == 2
                ? examples
                : examples.reshape('c', examples.size(0), examples.length() / examples.size(0));
    }
}
