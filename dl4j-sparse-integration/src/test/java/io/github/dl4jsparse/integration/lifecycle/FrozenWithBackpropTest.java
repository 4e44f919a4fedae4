package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ListaBuilder;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.PassedGradient;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * In DL4J's {@code FrozenLayerWithBackprop} every layer keeps its parameters and passes the right gradient on to the layers below,
 * however many steps it unrolls. {@code TransferLearning} makes no such layers in M2.1; they are put into the configuration.
 */
@ExtendWith(DoublePrecision.class)
class FrozenWithBackpropTest {
    /** Every layer as it is, and those that unroll steps with three and with five. */
    static Stream<Arguments> everyLayerAndSteps() {
        return Arrays.stream(EveryLayer.values()).flatMap(layer -> IntStream.of(0, 3, 5)
                .filter(steps -> steps == 0 || unrolls(layer))
                .mapToObj(steps -> Arguments.of(layer, steps)));
    }

    private static boolean unrolls(EveryLayer layer) {
        return Arrays.stream(layer.layers())
                .anyMatch(each -> each instanceof ListaConf || each instanceof LateralInhibitionLayer);
    }

    /** An option: so many steps, or as many as there are. */
    private static Consumer<Layer.Builder<?>> steps(int steps) {
        return builder -> {
            if (steps > 0 && builder instanceof ListaBuilder<?> encoder) {
                encoder.iterations(steps);
            } else if (steps > 0 && builder instanceof LateralInhibitionLayer.Builder inhibition) {
                inhibition.steps(steps);
            }
        };
    }

    /** An option: dropout, which frozen layers leave out. In M2.1 DL4J's own ones get a wrong gradient with it. */
    private static void dropped(Layer.Builder<?> builder) {
        if (!(builder instanceof DenseLayer.Builder)) {
            builder.dropOut(0.7);
        }
    }

    /** A smooth layer to train, above it the frozen ones, and on top one that overwrites what it is given. */
    private static Layer[] chain(EveryLayer layer, int steps) {
        Layer trained = layer.inputType() instanceof InputType.InputTypeConvolutional
                ? new ConvolutionLayer.Builder(1, 1)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build()
                : new DenseLayer.Builder().nOut(10).activation(Activation.TANH).build();
        Consumer<Layer.Builder<?>> options =
                steps(steps).andThen(EveryLayer::differentiable).andThen(FrozenWithBackpropTest::dropped);
        Stream<Layer> frozen = Arrays.stream(layer.layers(options)).map(FrozenLayerWithBackprop::new);
        return Stream.of(Stream.of(trained), frozen, Stream.of(new DropoutLayer(0.7)))
                .flatMap(each -> each)
                .toArray(Layer[]::new);
    }

    private static NeuralNetConfiguration.Builder settings() {
        return EveryLayer.settings().updater(new Sgd(0.1));
    }

    private static AnyNetwork network(EveryLayer layer, int steps) {
        MultiLayerNetwork net = layer.network(settings(), chain(layer, steps));
        net.initGradientsView();
        return new AnyNetwork.Stack(net);
    }

    private static AnyNetwork graph(EveryLayer layer, int steps) {
        return new AnyNetwork.Graph(layer.graph(settings(), chain(layer, steps)));
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndSteps")
    void theLayerBelowGetsTheRightGradientInNetworks(EveryLayer layer, int steps) {
        PassedGradient.assertRight(network(layer, steps), layer.data(4, 1));
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndSteps")
    void theLayerBelowGetsTheRightGradientInGraphs(EveryLayer layer, int steps) {
        PassedGradient.assertRight(graph(layer, steps), layer.data(4, 1));
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndSteps")
    void trainingMovesTheLayersAroundAndNotTheFrozenOnes(EveryLayer layer, int steps) {
        for (AnyNetwork net : List.of(network(layer, steps), graph(layer, steps))) {
            DataSet data = layer.data(12, 1);
            List<INDArray> before = parameters(net);
            double score = net.score(data, false);
            for (int i = 0; i < 20; i++) {
                net.fit(data);
            }
            List<INDArray> after = parameters(net);
            int last = before.size() - 1;
            for (int i = 0; i <= last; i++) {
                boolean same = before.get(i).equals(after.get(i));
                assertEquals(i > 0 && i < last, same, "layer " + i + " stays as it was");
            }
            assertTrue(net.score(data, false) < score, () -> net.score(data, false) + " after " + score);
        }
    }

    /** Copies of the parameters of the lowest layer, of each frozen one that has any, and of the classifier. */
    private static List<INDArray> parameters(AnyNetwork net) {
        return Arrays.stream(net.layers())
                .filter(each -> each.numParams() > 0)
                .map(each -> each.params().dup())
                .toList();
    }
}
