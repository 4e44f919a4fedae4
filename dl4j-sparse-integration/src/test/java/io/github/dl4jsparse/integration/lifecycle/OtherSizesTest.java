package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * {@code nOutReplace} of DL4J's transfer learning gives every layer another number of outputs, or the layer that can't have it
 * says so by its name: where the network is built, or with its first data where DL4J tells it nothing before.
 */
@ExtendWith(DoublePrecision.class)
class OtherSizesTest {
    private static final int OTHER = 9;

    /** Their penalty is for a number of units, and so they are too. */
    private static final Set<EveryLayer> OF_ONE_SIZE = EnumSet.of(
            EveryLayer.LISTA_OF_GROUPS,
            EveryLayer.LISTA_WITH_LEARNED_INHIBITION,
            EveryLayer.SPARSE_CODING_WITH_INHIBITION);

    /** Above the replaced layer is one made for the size that it had, which a graph does not tell of the other. */
    private static final Set<EveryLayer> BELOW_ONE_SIZE = EnumSet.of(
            EveryLayer.LATERAL_INHIBITION,
            EveryLayer.LEARNED_INHIBITION,
            EveryLayer.GROUP_L2_POOLING,
            EveryLayer.GROUP_SPARSITY,
            EveryLayer.STACK);

    static Stream<EveryLayer> ofOneSize() {
        return OF_ONE_SIZE.stream();
    }

    static Stream<EveryLayer> belowOneSize() {
        return BELOW_ONE_SIZE.stream();
    }

    /** All others with a number of outputs; of the stack it is the topmost layer. */
    static Stream<EveryLayer> ofAnySize() {
        return Arrays.stream(EveryLayer.values())
                .filter(layer -> !OF_ONE_SIZE.contains(layer))
                .filter(layer -> layer == EveryLayer.STACK || !BELOW_ONE_SIZE.contains(layer))
                .filter(layer -> layer.layers()[0] instanceof FeedForwardLayer);
    }

    static Stream<EveryLayer> withoutOutputs() {
        return Arrays.stream(EveryLayer.values()).filter(layer -> !(last(layer) instanceof FeedForwardLayer));
    }

    private static Layer last(EveryLayer layer) {
        Layer[] layers = layer.layers();
        return layers[layers.length - 1];
    }

    /** The layers, named, and a plain one above, whose number of inputs DL4J replaces too. */
    private static Layer[] chain(EveryLayer layer) {
        int[] count = {0};
        Stream<Layer> named = Arrays.stream(layer.layers(builder -> builder.name("layer" + count[0]++)));
        boolean images = layer != EveryLayer.STACK && layer.inputType() instanceof InputType.InputTypeConvolutional;
        FeedForwardLayer.Builder<?> above = images ? new ConvolutionLayer.Builder(1, 1) : new DenseLayer.Builder();
        above.nOut(7).activation(Activation.TANH).name("above");
        return Stream.concat(named, Stream.of(above.<Layer>build())).toArray(Layer[]::new);
    }

    private static FineTuneConfiguration fineTuning() {
        return new FineTuneConfiguration.Builder().updater(new Sgd(0.01)).build();
    }

    private static AnyNetwork network(EveryLayer layer, int index) {
        MultiLayerNetwork net = layer.network(EveryLayer.settings(), chain(layer));
        return new AnyNetwork.Stack(new TransferLearning.Builder(net)
                .fineTuneConfiguration(fineTuning())
                .nOutReplace(index, OTHER, WeightInit.XAVIER)
                .build());
    }

    /** DL4J 1.0.0-M2.1 makes a graph of type FLOAT, whatever the original was. */
    private static AnyNetwork graph(EveryLayer layer, int index) {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        NeuralNetConfiguration.Builder settings = EveryLayer.settings().dataType(DataType.FLOAT);
        ComputationGraph net = layer.graph(settings, chain(layer));
        TransferLearning.GraphBuilder transfer = new TransferLearning.GraphBuilder(net)
                .fineTuneConfiguration(fineTuning())
                .nOutReplace("layer" + index, OTHER, WeightInit.XAVIER);
        // DL4J tells the vertex just above, which hands vectors on as they come; that above it is for the user to tell
        return new AnyNetwork.Graph(
                (layer == EveryLayer.L2_NORMALIZE ? transfer.nInReplace("layer2", OTHER, WeightInit.XAVIER) : transfer)
                        .build());
    }

    private static DataSet data(EveryLayer layer, AnyNetwork net) {
        DataType type = net.params().dataType();
        DataSet data = layer.data(12, 1);
        return new DataSet(data.getFeatures().castTo(type), data.getLabels().castTo(type));
    }

    /** The lowest layer, or the topmost of the stack, whose lower layers are made for one another. */
    private static int replaced(EveryLayer layer) {
        return layer == EveryLayer.STACK ? 3 : 0;
    }

    private static void learns(EveryLayer layer, AnyNetwork net) {
        DataSet data = data(layer, net);
        assertEquals(OTHER, nOut(net, replaced(layer)));
        double before = net.score(data, false);
        for (int i = 0; i < 20; i++) {
            net.fit(data);
        }
        double after = net.score(data, false);
        assertTrue(after < before, () -> after + " after " + before);
    }

    private static long nOut(AnyNetwork net, int index) {
        return Arrays.stream(net.layers())
                .map(each -> each.conf().getLayer())
                .filter(each -> each.getLayerName().equals("layer" + index))
                .mapToLong(each -> ((FeedForwardLayer) each).getNOut())
                .sum();
    }

    @ParameterizedTest
    @MethodSource("ofAnySize")
    void anotherNumberOfOutputsIsTrained(EveryLayer layer) {
        learns(layer, network(layer, replaced(layer)));
        learns(layer, graph(layer, replaced(layer)));
    }

    @ParameterizedTest
    @MethodSource("ofOneSize")
    void aPenaltyForOneNumberOfUnitsIsRefusedWhenBuilding(EveryLayer layer) {
        for (Throwable refusal : new Throwable[] {
            assertThrows(DL4JInvalidConfigException.class, () -> network(layer, 0)),
            assertThrows(DL4JInvalidConfigException.class, () -> graph(layer, 0))
        }) {
            String message = refusal.getMessage();
            assertTrue(message.contains("\"layer0\"") && message.contains("nOut = " + OTHER), message);
        }
    }

    @ParameterizedTest
    @MethodSource("belowOneSize")
    void theLayerAboveRefusesAnotherSizeAtTheLatestWithTheFirstData(EveryLayer layer) {
        refusedByTheLayerAbove(layer, OtherSizesTest::network);
        refusedByTheLayerAbove(layer, OtherSizesTest::graph);
    }

    private static void refusedByTheLayerAbove(
            EveryLayer layer, BiFunction<EveryLayer, Integer, AnyNetwork> replacing) {
        String message = assertThrows(DL4JException.class, () -> {
                    AnyNetwork net = replacing.apply(layer, 0);
                    net.fit(data(layer, net));
                })
                .getMessage();
        assertTrue(message.contains("layer1") && message.contains(String.valueOf(OTHER)), message);
    }

    /** DL4J's own refusal: what has no number of outputs can't have another. */
    @ParameterizedTest
    @MethodSource("withoutOutputs")
    void aLayerWithoutANumberOfOutputsIsRefusedByItsKind(EveryLayer layer) {
        int index = layer.layers().length - 1;
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> network(layer, index));
        assertTrue(e.getMessage().contains(last(layer).getClass().getSimpleName()), e.getMessage());
    }
}
