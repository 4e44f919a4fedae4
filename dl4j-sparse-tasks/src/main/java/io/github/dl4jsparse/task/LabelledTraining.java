package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.compare.Contender.Classifier;
import io.github.dl4jsparse.math.Rows;
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

/** What all rows share: the loop over labelled images, the falling rate and the count of right answers. */
final class Fitting {
    private static final int EVALUATION_BATCH = 250;

    private Fitting() {}

    /**
     * Trains a network with labels, epoch after epoch in a new random order, with a rate that falls to zero. Images at the
     * end of an epoch that fill no batch are left out of it.
     *
     * @param net      initialised. Modified in place.
     * @param labelled Not modified.
     * @param batch    images an update, at most
     * @param rate     of all layers at the start
     */
    static void fit(MultiLayerNetwork net, DataSet labelled, int batch, int updates, double rate, long seed) {
        fit(net, labelled, batch, updates, rate, seed, UnaryOperator.identity());
    }

    /**
     * The same with something done to each batch before it is used.
     *
     * @param change gives the batch to train on; the arrays that it is given are used again for the next one
     */
    static void fit(
            MultiLayerNetwork net,
            DataSet labelled,
            int batch,
            int updates,
            double rate,
            long seed,
            UnaryOperator<DataSet> change) {
        net.setLearningRate(new LinearFall(rate, updates));
        Random random = new Random(seed);
        int size = Math.min(batch, labelled.numExamples());
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, labelled.numExamples()).boxed().toList());
        int next = order.size();
        DataSet used = batch(labelled, size);
        for (int update = 0; update < updates; update++) {
            if (next + size > order.size()) {
                Collections.shuffle(order, random);
                next = 0;
            }
            int[] rows =
                    order.subList(next, next + size).stream().mapToInt(i -> i).toArray();
            next += size;
            Nd4j.pullRows(labelled.getFeatures(), used.getFeatures(), 1, rows);
            Nd4j.pullRows(labelled.getLabels(), used.getLabels(), 1, rows);
            net.fit(change.apply(used));
        }
    }

    /** Arrays for one batch after the other: new ones would be kept in native memory until the next garbage collection. */
    private static DataSet batch(DataSet data, int size) {
        return new DataSet(rows(data.getFeatures(), size), rows(data.getLabels(), size));
    }

    private static INDArray rows(INDArray data, int size) {
        return Nd4j.create(data.dataType(), new long[] {size, data.size(1)}, 'c');
    }

    /** Right answers in per cent. */
    static double accuracy(Classifier classifier, DataSet data) {
        int[] classes = data.getLabels().argMax(1).toIntVector();
        int right = 0;
        for (int from = 0; from < classes.length; from += EVALUATION_BATCH) {
            int to = Math.min(classes.length, from + EVALUATION_BATCH);
            INDArray images = Rows.of(data.getFeatures(), from, to - from);
            int[] answers = classifier.scores(images).argMax(1).toIntVector();
            for (int i = 0; i < answers.length; i++) {
                right += answers[i] == classes[from + i] ? 1 : 0;
            }
        }
        return 100.0 * right / classes.length;
    }
}
