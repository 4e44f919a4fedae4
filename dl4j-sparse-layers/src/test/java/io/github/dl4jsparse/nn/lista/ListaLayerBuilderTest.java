package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad configurations of {@link ListaLayer} are refused when they are built, with layer, parameter, rule and value. */
class ListaLayerBuilderTest {
    private static Arguments bad(String parameter, String value, UnaryOperator<ListaLayer.Builder> change) {
        return Arguments.of(parameter, value, change);
    }

    static Stream<Arguments> badValues() {
        double nan = Double.NaN;
        double infinity = Double.POSITIVE_INFINITY;
        return Stream.of(
                bad("iterations", "0", b -> b.iterations(0)),
                bad("iterations", "-3", b -> b.iterations(-3)),
                bad("shrinkage", "null", b -> b.shrinkage(null)),
                bad("penalty", "null", b -> b.penalty(null)),
                bad("unsupervisedWeight", "-0.5", b -> b.unsupervisedWeight(-0.5)),
                bad("unsupervisedWeight", "NaN", b -> b.unsupervisedWeight(nan)),
                bad("unsupervisedWeight", "Infinity", b -> b.unsupervisedWeight(infinity)),
                bad("nOut", "0", b -> b.nOut(0)),
                bad("nOut", "-1", b -> b.nOut(-1)),
                bad("nIn", "-1", b -> b.nIn(-1)),
                bad("tiedDecoder", "true", b -> b.tiedDecoder(true).untied(true)),
                bad("stepSize", "0.0", b -> b.stepSize(0)),
                bad("stepSize", "-1.0", b -> b.stepSize(-1)),
                bad("stepSize", "NaN", b -> b.stepSize(nan)),
                bad("stepSize", "Infinity", b -> b.stepSize(infinity)),
                bad("stepSize", "0.5", b -> b.stepSize(0.5).tiedDecoder(true)),
                bad("initialThreshold", "-0.1", b -> b.initialThreshold(-0.1)),
                bad("initialThreshold", "NaN", b -> b.initialThreshold(nan)),
                bad("decoderNorm", "0.0", b -> b.decoderNorm(0)),
                bad("decoderNorm", "NaN", b -> b.decoderNorm(nan)),
                bad("encoderNorm", "-2.0", b -> b.encoderNorm(-2)),
                bad("encoderNorm", "NaN", b -> b.encoderNorm(nan)),
                bad("learningRateFactor", "W", b -> b.learningRateFactor("W", 0.5)),
                bad("learningRateFactor", "null", b -> b.learningRateFactor(null, 0.5)),
                bad("learningRateFactor of E", "-0.5", b -> b.learningRateFactor("E", -0.5)),
                bad("learningRateFactor of S", "NaN", b -> b.learningRateFactor("S", nan)),
                bad("learningRateFactor of D", "-1.0", b -> b.learningRateFactor("D", -1)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badValues")
    void badValueIsRefused(String parameter, String value, UnaryOperator<ListaLayer.Builder> change) {
        ListaLayer.Builder builder =
                change.apply(new ListaLayer.Builder().nOut(4).name("my code"));
        String message =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertTrue(message.startsWith(parameter), message);
        assertTrue(message.contains("got " + value), message);
        assertTrue(message.contains("\"my code\""), message);
    }

    @Test
    void negativePenaltyIsRefusedBeforeThereIsALayer() {
        String message = assertThrows(IllegalArgumentException.class, () -> new L1Penalty(-0.1))
                .getMessage();
        assertEquals("L1 weight must be finite and >= 0, got -0.1", message);
    }

    @Test
    void weightInitThatGivesZeroAtomsIsRefused() {
        ListaLayer layer = new ListaLayer.Builder()
                .nOut(4)
                .name("my code")
                .weightInit(WeightInit.ZERO)
                .build();
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.feedForward(3))
                .build());
        String message =
                assertThrows(DL4JInvalidConfigException.class, net::init).getMessage();
        assertTrue(message.contains("weightInit") && message.contains("\"my code\""), message);
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        ListaLayer layer = new ListaLayer.Builder().nOut(4).build();
        assertEquals(11, layer.getIterations());
        assertEquals(Shrinkage.NON_NEGATIVE, layer.getShrinkage());
        assertEquals(new L1Penalty(0), layer.getPenalty());
        assertEquals(0, layer.getUnsupervisedWeight());
        assertEquals(1, layer.getDecoderNorm());
        assertEquals(Double.POSITIVE_INFINITY, layer.getEncoderNorm());
        assertEquals(Map.of(), layer.getLearningRateFactors());
        assertTrue(layer.isValidateInput() && layer.isInputGradient());
    }

    @Test
    void learningRatesByUseAreDividedByTheNumberOfUses() {
        ListaLayer.Builder builder = new ListaLayer.Builder().nOut(4).learningRatesByUse(true);
        assertEquals(
                Map.of("E", 1.0 / 11, "S", 1.0 / 10),
                builder.iterations(11).build().getLearningRateFactors());
        assertEquals(
                Map.of("E", 0.5),
                new ListaLayer.Builder()
                        .nOut(4)
                        .iterations(1)
                        .learningRateFactor("E", 0.5)
                        .learningRatesByUse(true)
                        .build()
                        .getLearningRateFactors(),
                "a factor of the user's own wins");
    }

    @Test
    void builtLayerDoesNotFollowItsBuilder() {
        ListaLayer.Builder builder = new ListaLayer.Builder().nOut(4).learningRateFactor("E", 0.5);
        ListaLayer first = builder.build();
        ListaLayer same = builder.build();
        assertEquals(first, same);
        builder.learningRateFactor("E", 0.25).iterations(3);
        assertEquals(same, first);
        assertEquals(0.5, first.getLearningRateFactors().get("E"));
        assertNotEquals(first, builder.build());
    }

    @Test
    void builderGivesTheSameLayerWhateverWasBuiltBefore() {
        ListaLayer.Builder used = new ListaLayer.Builder().nOut(4).learningRatesByUse(true);
        used.iterations(11).build();
        ListaLayer fresh = new ListaLayer.Builder()
                .nOut(4)
                .learningRatesByUse(true)
                .iterations(5)
                .build();
        assertEquals(fresh, used.iterations(5).build());
    }
}
