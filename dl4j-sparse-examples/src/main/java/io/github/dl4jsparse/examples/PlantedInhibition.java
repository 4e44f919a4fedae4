package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.common.UnsupervisedLayer;
import io.github.dl4jsparse.nn.constraint.LearnedInhibition;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.Random;
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
 * Whether ascent finds an inhibition matrix again that is known: inputs are sums of two atoms of a random dictionary, always of a pair
 * that a ring says is inhibiting, so that its zeros are the pairs that never fire together.
 */
final class PlantedInhibition {
    private static final int UNITS = 24;
    private static final int INPUTS = 60;
    private static final int EXAMPLES = 600;
    private static final int BATCH = 50;
    private static final int EPOCHS = 25;

    private PlantedInhibition() {}

    /** The area under the ROC curve with which the learned matrix tells the zeros of the planted one. */
    static double zeroRecovery(long seed) {
        Random random = new Random(seed);
        InhibitionMatrix planted = InhibitionMatrix.ring(UNITS, 2, 5, 1);
        INDArray dictionary = gaussian(random, INPUTS, UNITS);
        dictionary.diviRowVector(dictionary.norm2(0));
        INDArray codes = Nd4j.zeros(DataType.FLOAT, EXAMPLES, UNITS);
        for (int i = 0; i < EXAMPLES; i++) {
            int first = random.nextInt(UNITS);
            int second = random.nextInt(UNITS);
            while (planted.get(first, second) == 0) {
                second = random.nextInt(UNITS);
            }
            codes.putScalar(i, first, magnitude(random));
            codes.putScalar(i, second, magnitude(random));
        }
        INDArray x = codes.mmul(dictionary.transpose())
                .addi(gaussian(random, EXAMPLES, INPUTS).muli(0.02));
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(0.05))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(UNITS)
                        .penalty(new LateralInhibitionPenalty(
                                2, InhibitionMatrix.uniform(UNITS, 1), new L1Penalty(0.02)))
                        .learnInhibition(LearnedInhibition.ascent(1, 0.5))
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
        return CoActivation.zeroRecovery(
                planted, LearnedInhibition.matrix(net.getLayer(0).getParam(SparseCodingLayer.INHIBITION)));
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
}
