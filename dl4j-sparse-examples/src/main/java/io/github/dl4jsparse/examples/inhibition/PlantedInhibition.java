package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * An inhibition matrix that is known, and whether ascent finds it again: inputs are sums of two atoms of a random dictionary, always of
 * a pair that the matrix says is inhibiting, so that its zeros are the pairs that never fire together. A unit that inhibits no other
 * fires alone.
 */
enum PlantedInhibition {
    /** Units at a distance of 3 to 5 on a ring inhibit each other, each unit as many. */
    RING(InhibitionMatrix.ring(24, 2, 5, 1), 1, LearnedInhibition.ascent(1, PlantedInhibition.MAX_ENTRY), 600),
    /**
     * Units of which none is the ancestor of the other inhibit each other. The root inhibits nobody, so that columns must be allowed
     * less than their sum, and S starts from zero; the sum has room for the many rivals of a leaf. There are three
     * times as many pairs as on the ring, each of which has to occur.
     */
    TREE(
            InhibitionMatrix.tree(Tree.branching(3, 2, 2), 1),
            0,
            LearnedInhibition.ascent(3, PlantedInhibition.MAX_ENTRY).columnSumAtMost(),
            1000);

    private static final double MAX_ENTRY = 0.5;
    private static final int INPUTS = 60;
    private static final int BATCH = 50;
    private static final int EPOCHS = 25;

    private final InhibitionMatrix matrix;
    private final double start;
    private final LearnedInhibition learned;
    private final int examples;

    PlantedInhibition(InhibitionMatrix matrix, double start, LearnedInhibition learned, int examples) {
        this.matrix = matrix;
        this.start = start;
        this.learned = learned;
        this.examples = examples;
    }

    /** Makes inputs from the matrix and learns it again from them. */
    PlantedRecovery recovered(long seed) {
        Random random = new Random(seed);
        int units = matrix.units();
        INDArray dictionary = gaussian(random, INPUTS, units);
        dictionary.diviRowVector(dictionary.norm2(0));
        INDArray codes = Nd4j.zeros(DataType.FLOAT, examples, units);
        for (int i = 0; i < examples; i++) {
            int first = random.nextInt(units);
            int[] others = rivals(first);
            codes.putScalar(i, first, magnitude(random));
            if (others.length > 0) {
                codes.putScalar(i, others[random.nextInt(others.length)], magnitude(random));
            }
        }
        INDArray x = codes.mmul(dictionary.transpose())
                .addi(gaussian(random, examples, INPUTS).muli(0.02));
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(0.05))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(units)
                        .penalty(new LateralInhibitionPenalty(
                                        2, InhibitionMatrix.uniform(units, start), new L1Penalty(0.02))
                                .learned(learned))
                        .learningRateFactor(SparseCodingLayer.INHIBITION, 2)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(dictionary);
        LayerwisePretrainer.builder()
                .epochs(EPOCHS)
                .build()
                .fit(net, new ListDataSetIterator<>(new DataSet(x, x).asList(), BATCH));
        return new PlantedRecovery(
                matrix, LearnedInhibition.matrix(net.getLayer(0).getParam(SparseCodingLayer.INHIBITION)));
    }

    /** The units that a unit inhibits. */
    private int[] rivals(int unit) {
        return IntStream.range(0, matrix.units())
                .filter(other -> matrix.get(unit, other) > 0)
                .toArray();
    }

    private static double magnitude(Random random) {
        return (1 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
    }

    private static INDArray gaussian(Random random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return Nd4j.create(values);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
