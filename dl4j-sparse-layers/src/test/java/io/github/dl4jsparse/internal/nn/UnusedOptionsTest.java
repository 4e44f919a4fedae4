package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

class UnusedOptionsTest {
    private static final InhibitionMatrix RING = InhibitionMatrix.ring(4, 0, 1, 0.5);

    private static LateralInhibitionLayer.Builder inhibition(boolean learned) {
        return new LateralInhibitionLayer.Builder(RING).learn(learned ? LearnedInhibition.ascent(1, 1) : null);
    }

    private static ListaLayer.Builder lista() {
        return new ListaLayer.Builder().nIn(6).nOut(4);
    }

    /** Every layer's builder; those of images take images. */
    private static Map<String, Supplier<Layer.Builder<?>>> builders() {
        return Map.of(
                "lista", UnusedOptionsTest::lista,
                "convolutional", () -> new ConvolutionalListaLayer.Builder(3, 3).nOut(4),
                "local", () -> new LocallyConnectedListaLayer.Builder(3).nOut(4),
                "coding", () -> new SparseCodingLayer.Builder().nIn(6).nOut(4).penalty(new L1Penalty(0.1)),
                "inhibition", () -> inhibition(false),
                "learned inhibition", () -> inhibition(true),
                "pooling", GroupL2PoolingLayer.Builder::new,
                "sparsity", () -> new GroupSparsityLayer.Builder().penaltyWeight(0.1),
                "normalisation", L2NormalizeLayer.Builder::new,
                "contrast", LocalContrastLayer.Builder::new);
    }

    private static Consumer<Layer.Builder<?>> base(Consumer<BaseLayer.Builder<?>> change) {
        return builder -> change.accept((BaseLayer.Builder<?>) builder);
    }

    static Stream<Arguments> unused() {
        Map<String, Consumer<Layer.Builder<?>>> nonLinearity = Map.of(
                "activation", base(b -> b.activation(Activation.TANH)),
                "biasInit", base(b -> b.biasInit(3)),
                "gainInit", base(b -> b.gainInit(2)));
        Map<String, Consumer<Layer.Builder<?>>> biases = Map.of(
                "biasUpdater", base(b -> b.biasUpdater(new Adam(0.1))),
                "l1Bias, l2Bias and weightDecayBias", base(b -> b.l2Bias(0.1)),
                "constrainBias", base(b -> b.constrainBias(new NonNegativeConstraint())));
        Map<String, Consumer<Layer.Builder<?>>> weights = Map.of(
                "weightInit", base(b -> b.weightInit(WeightInit.ONES)),
                "l1, l2 and weightDecay", base(b -> b.l1(0.1)),
                "weightNoise", base(b -> b.weightNoise(new DropConnect(0.5))),
                "constrainWeights", base(b -> b.constrainWeights(new NonNegativeConstraint())));
        Map<String, Consumer<Layer.Builder<?>>> training = Map.of(
                "updater", base(b -> b.updater(new Adam(0.1))),
                "gradientNormalization", base(b -> b.gradientNormalization(GradientNormalization.ClipL2PerLayer)),
                "gradientNormalizationThreshold", base(b -> b.gradientNormalizationThreshold(2)),
                "constrainAllParameters", base(b -> b.constrainAllParameters(new NonNegativeConstraint())),
                "learningRateFactor", builder -> ((LateralInhibitionLayer.Builder) builder).learningRateFactor(2));
        Map<String, Consumer<Layer.Builder<?>>> constraints = Map.of(
                "constrainAllParameters", b -> b.constrainAllParameters(new NonNegativeConstraint()),
                "constrainWeights", b -> b.constrainWeights(new NonNegativeConstraint()),
                "constrainBias", b -> b.constrainBias(new NonNegativeConstraint()));
        return Stream.of(
                        cases(nonLinearity, "lista", "convolutional", "local", "coding", "inhibition"),
                        cases(nonLinearity, "learned inhibition"),
                        cases(biases, "coding", "inhibition", "learned inhibition"),
                        cases(weights, "inhibition", "learned inhibition"),
                        cases(training, "inhibition"),
                        cases(constraints, "pooling", "sparsity", "normalisation", "contrast"))
                .flatMap(stream -> stream);
    }

    private static Stream<Arguments> cases(Map<String, Consumer<Layer.Builder<?>>> changes, String... layers) {
        return Stream.of(layers).flatMap(layer -> changes.entrySet().stream()
                .map(change -> Arguments.of(layer, change.getKey(), change.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("unused")
    void optionsWithoutEffectAreRefusedWithTheLayer(String layer, String option, Consumer<Layer.Builder<?>> change) {
        Layer.Builder<?> builder = builders().get(layer).get();
        assertDoesNotThrow(() -> builder.build());
        builder.name("code");
        change.accept(builder);
        String message = assertThrows(DL4JInvalidConfigException.class, () -> builder.build())
                .getMessage();
        assertTrue(message.startsWith(option + " must be left out ("), message);
        assertTrue(message.contains(", got "), message);
        assertTrue(message.contains("(layer \"code\", "), message);
    }

    @ParameterizedTest
    @MethodSource("factors")
    void factorsOfParametersThatTheLayerHasNotAreRefused(String parameter, String known, ListaLayer.Builder builder) {
        builder.learningRateFactor(parameter, 0.5).name("code");
        assertEquals(
                "learningRateFactor's parameter must be one of " + known + ", got " + parameter
                        + " (layer \"code\", ListaLayer)",
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage());
    }

    static Stream<Arguments> factors() {
        return Stream.of(
                Arguments.of("g", "[E, S, b, D]", lista()),
                Arguments.of("D", "[E, S, b]", lista().tiedDecoder(true)),
                Arguments.of("S", "[E, b, g, D]", lista().iterations(1).gain(true)),
                Arguments.of("a", "[E, S, b, D]", lista()));
    }

    /** What DL4J writes into every layer of a network, and what a file of such a network holds, is for other layers. */
    @ParameterizedTest
    @MethodSource("layers")
    void defaultsOfTheNetworkArePassedOver(Layer layer, InputType inputs) {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                .activation(Activation.TANH)
                .biasInit(3)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(0.1))
                .biasUpdater(new Adam(0.2))
                .l1(0.1)
                .l2Bias(0.1)
                .weightNoise(new DropConnect(0.5))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .constrainWeights(new NonNegativeConstraint())
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(inputs)
                .build();
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(conf.toJson());
        assertEquals(conf, read);
        assertDoesNotThrow(() -> new MultiLayerNetwork(read).init());
    }

    static Stream<Arguments> layers() {
        return builders().entrySet().stream().map(entry -> {
            boolean images = Stream.of("convolutional", "local", "contrast").anyMatch(entry.getKey()::equals);
            int inputs = entry.getKey().endsWith("inhibition") ? 4 : 6;
            InputType type = images ? InputType.convolutional(7, 6, 2) : InputType.feedForward(inputs);
            return Arguments.of(entry.getValue().get().build(), type);
        });
    }
}
