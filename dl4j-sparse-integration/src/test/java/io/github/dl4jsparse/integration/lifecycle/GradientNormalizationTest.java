package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;

/** Every kind of DL4J's gradient normalisation and clipping does what it promises, to every layer. */
class GradientNormalizationTest {
    /** Below the norms and most elements of the gradients here. */
    private static final double THRESHOLD = 0.01;

    static Stream<Arguments> everyLayerAndKind() {
        return Arrays.stream(EveryLayer.values())
                .flatMap(layer -> Arrays.stream(GradientNormalization.values()).map(kind -> Arguments.of(layer, kind)));
    }

    private static NeuralNetConfiguration.Builder settings(GradientNormalization kind) {
        return EveryLayer.settings().gradientNormalization(kind).gradientNormalizationThreshold(THRESHOLD);
    }

    private static List<AnyNetwork> networks(EveryLayer layer, GradientNormalization kind) {
        return layer.both(settings(kind).updater(new NoOp()));
    }

    /** The gradient of each parameter by its name, {@code layer_parameter}. */
    private static Map<String, double[]> gradients(AnyNetwork net) {
        Map<String, double[]> all = new LinkedHashMap<>();
        net.model()
                .gradient()
                .gradientForVariable()
                .forEach((name, g) -> all.put(name, g.dup('c').data().asDouble()));
        return all;
    }

    private static double squares(Stream<double[]> arrays) {
        return arrays.flatMapToDouble(Arrays::stream).map(g -> g * g).sum();
    }

    private static double[] times(double factor, double[] gradient) {
        return Arrays.stream(gradient).map(g -> factor * g).toArray();
    }

    private static double shorten(double norm) {
        return norm > THRESHOLD ? THRESHOLD / norm : 1;
    }

    /** What a kind makes of the gradient of a parameter, of which the norm is given and that of its layer. */
    private static double[] promised(GradientNormalization kind, double[] mean, double own, double layer) {
        return switch (kind) {
            case None -> mean;
            case RenormalizeL2PerLayer -> layer == 0 ? mean : times(1 / layer, mean);
            case RenormalizeL2PerParamType -> own == 0 ? mean : times(1 / own, mean);
            case ClipElementWiseAbsoluteValue ->
                Arrays.stream(mean)
                        .map(g -> Math.max(-THRESHOLD, Math.min(THRESHOLD, g)))
                        .toArray();
            case ClipL2PerLayer -> times(shorten(layer), mean);
            case ClipL2PerParamType -> times(shorten(own), mean);
        };
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndKind")
    void theGradientIsWhatTheKindPromises(EveryLayer layer, GradientNormalization kind) {
        DataSet data = layer.data(9, 1);
        for (AnyNetwork net : networks(layer, kind)) {
            net.computeGradients(data);
            Map<String, double[]> sums = gradients(net);
            net.computeUpdates(data);
            Map<String, double[]> normalised = gradients(net);
            assertEquals(sums.keySet(), normalised.keySet());
            sums.forEach((name, sum) -> {
                String prefix = name.substring(0, name.lastIndexOf('_') + 1);
                double ofLayer = Math.sqrt(squares(sums.entrySet().stream()
                                .filter(e -> e.getKey().startsWith(prefix))
                                .map(Map.Entry::getValue)))
                        / 9;
                double own = Math.sqrt(squares(Stream.of(sum))) / 9;
                assertArrayEquals(promised(kind, times(1.0 / 9, sum), own, ofLayer), normalised.get(name), 1e-10, name);
            });
            assertEquals(
                    kind == GradientNormalization.None,
                    Math.abs(squares(sums.values().stream()) / 81 - squares(normalised.values().stream())) < 1e-12,
                    "only None leaves the gradients alone");
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndKind")
    void trainingDescends(EveryLayer layer, GradientNormalization kind) {
        AnyNetwork net = new AnyNetwork.Stack(layer.network(settings(kind)));
        DataSet data = layer.data(12, 1);
        double before = net.score(data, false);
        for (int i = 0; i < 20; i++) {
            net.fit(data);
        }
        double after = net.score(data, false);
        assertTrue(after < before, () -> after + " after " + before);
    }
}
