package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Layers that have no code of their own give the same bits on any number of threads, too, served and trained. */
@ExtendWith(DoublePrecision.class)
class LayersBetweenThreadsTest {
    private static final int MAPS = 6;
    private static final Groups GROUPS = Groups.ring(MAPS, Window.of(3));

    private static LateralInhibitionLayer.Builder inhibition() {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.ring(MAPS, 1, 2, 0.5)).penaltyWeight(0.3);
    }

    static Stream<Layer> dense() {
        return Stream.of(
                new GroupL2PoolingLayer.Builder(GROUPS).penaltyWeight(0.1).build(),
                new GroupSparsityLayer.Builder(Groups.blocks(MAPS, 2))
                        .penaltyWeight(0.1)
                        .build(),
                inhibition().steps(4).build(),
                inhibition().steps(2).learn(LearnedInhibition.ascent(1.2, 0.9)).build(),
                new L2NormalizeLayer.Builder().build());
    }

    static Stream<Layer> images() {
        return Stream.of(
                new GroupL2PoolingLayer.Builder(GROUPS)
                        .penaltyWeight(0.1)
                        .window(3, 2)
                        .stride(2, 1)
                        .build(),
                inhibition().steps(2).build(),
                new LocalContrastLayer.Builder().window(3).deviation(0.9).build());
    }

    private static AnyNetwork network(InputType input, Layer below, Layer layer) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list()
                .layer(below)
                .layer(layer)
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(input)
                .build());
        net.init();
        return new AnyNetwork.Stack(net);
    }

    @ParameterizedTest
    @MethodSource("dense")
    void ofUnits(Layer layer) {
        DataSet data = new DataSet(Samples.gaussian(1, 2500, 5), Samples.oneHot(2500, 3));
        Layer below =
                new DenseLayer.Builder().nOut(MAPS).activation(Activation.TANH).build();
        ThreadsLaw.sameTraining(() -> network(InputType.feedForward(5), below, layer), data);
    }

    @ParameterizedTest
    @MethodSource("images")
    void ofMaps(Layer layer) {
        Layer below = new ConvolutionLayer.Builder(2, 2)
                .nOut(MAPS)
                .activation(Activation.TANH)
                .build();
        DataSet data = new DataSet(Samples.gaussian(2, 300, 2, 7, 6), Samples.oneHot(300, 3));
        InputType input = InputType.convolutional(7, 6, 2, CNN2DFormat.NCHW);
        ThreadsLaw.sameTraining(() -> network(input, below, layer), data);
    }
}
