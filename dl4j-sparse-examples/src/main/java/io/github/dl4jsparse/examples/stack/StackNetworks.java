package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of {@code stack}: two auto-encoders with their pools and a classifier, and parts of that. */
final class StackNetworks {
    /** Index of the lower auto-encoder; its pools are the next layer. */
    static final int FIRST = 0;
    /** Index of the upper auto-encoder; its pools are the next layer. */
    static final int SECOND = 2;
    /** Index of the normalisation below the classifier. */
    static final int NORMALISED = 4;
    /** Index of the classifier. */
    static final int CLASSIFIER = 5;

    private static final double SMOOTHING = 1e-4;

    private final StackSettings settings;
    private final int height;
    private final int width;

    /** @param height of the images */
    StackNetworks(StackSettings settings, int height, int width) {
        this.settings = settings;
        this.height = height;
        this.width = width;
    }

    /** All layers, with the group penalties of pre-training. */
    MultiLayerConfiguration stack(long seed) {
        SpatialWindow window = settings.first().window();
        Penalty first = penalty(settings.first(), settings.groups(), height, width);
        Penalty second =
                penalty(settings.second(), upperGroups(), window.positionsDown(height), window.positionsAcross(width));
        return network(seed, settings.first(), first, settings.second(), second);
    }

    /** All layers, to be trained with labels only: without penalties and so with thresholds of zero. */
    MultiLayerConfiguration unpretrained(long seed) {
        return network(
                seed,
                settings.first().withThreshold(0),
                new L1Penalty(0),
                settings.second().withThreshold(0),
                new L1Penalty(0));
    }

    /** The lower stage alone with an L1 penalty, whose units know nothing of their pools. */
    MultiLayerConfiguration control(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(settings.pretrainRate()))
                .list()
                .layer(encoder(settings.first(), new L1Penalty(settings.first().lambda()), false))
                .layer(pools(settings.first(), settings.groups()))
                .setInputType(InputType.convolutional(height, width, 1))
                .build();
    }

    private MultiLayerConfiguration network(long seed, Stage lower, Penalty first, Stage upper, Penalty second) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(settings.pretrainRate()))
                .list()
                .layer(encoder(lower, first, false))
                .layer(pools(settings.first(), settings.groups()))
                .layer(encoder(upper, second, true))
                .layer(pools(settings.second(), upperGroups()))
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(classifier())
                .setInputType(InputType.convolutional(height, width, 1))
                .build();
    }

    /** The classifier alone, for features that are computed once. */
    MultiLayerConfiguration classifierAlone(long seed, long features, int epochs) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(FallingRate.linear(settings.classifierRate(), FallingRate.TWENTIETH, epochs)))
                .list()
                .layer(classifier())
                .setInputType(InputType.feedForward(features))
                .build();
    }

    /** Convolution, rectification, scale; a transposed convolution as decoder. */
    private static ConvolutionalListaLayer encoder(Stage stage, Penalty penalty, boolean inputGradient) {
        return new ConvolutionalListaLayer.Builder(stage.kernel(), stage.kernel())
                .nOut(stage.maps())
                .iterations(1)
                .gain(true)
                .penalty(penalty)
                // E = D' at the start; the scale is found afterwards
                .stepSize(1)
                .initialThreshold(stage.threshold())
                .inputGradient(inputGradient)
                .build();
    }

    private static GroupL2PoolingLayer pools(Stage stage, Groups groups) {
        return new GroupL2PoolingLayer.Builder(groups)
                .window(stage.pool(), stage.pool())
                .stride(stage.stride(), stage.stride())
                .epsilon(SMOOTHING)
                .build();
    }

    private OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(Digits.CLASSES)
                .activation(Activation.SOFTMAX)
                .weightInit(WeightInit.ZERO)
                .l2(settings.weightDecay())
                // DL4J takes the share that is kept, and 0 for no dropout
                .dropOut(settings.dropout() == 0 ? 0 : 1 - settings.dropout())
                .build();
    }

    /** In the upper stage each map has pools of its own: features that a classifier separates. */
    private Groups upperGroups() {
        return Groups.ring(settings.second().maps(), Window.of(1));
    }

    private static Penalty penalty(Stage stage, Groups groups, int rows, int columns) {
        return new SpatialGroupPenalty(stage.lambda(), rows, columns, groups, stage.window(), SMOOTHING);
    }
}
