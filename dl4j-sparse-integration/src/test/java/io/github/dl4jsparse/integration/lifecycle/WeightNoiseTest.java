package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.PassedGradient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** DL4J's noise on the weights acts on every layer that has weights, in training alone. */
@ExtendWith(DoublePrecision.class)
class WeightNoiseTest {
    private static IWeightNoise additive() {
        return new WeightNoise(new NormalDistribution(0, 0.05));
    }

    /** All but local contrast normalisation alone, which has no weights below the classifier. */
    static Stream<EveryLayer> everyLayerWithWeights() {
        return Arrays.stream(EveryLayer.values()).filter(layer -> layer != EveryLayer.LOCAL_CONTRAST);
    }

    static Stream<Arguments> everyLayerAndNoise() {
        return everyLayerWithWeights()
                .flatMap(layer -> Stream.of(new DropConnect(0.8), additive()).map(noise -> Arguments.of(layer, noise)));
    }

    /** Noise on the layers under test, and none on the classifier. */
    private static List<AnyNetwork> networks(EveryLayer layer, IWeightNoise noise) {
        return layer.both(EveryLayer.settings(), builder -> {
            EveryLayer.differentiable(builder);
            if (builder instanceof FeedForwardLayer.Builder<?> weights) {
                weights.weightNoise(noise.clone());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndNoise")
    void inferenceIsThatOfTheNetworkWithoutNoise(EveryLayer layer, IWeightNoise noise) {
        List<AnyNetwork> plain = layer.both(EveryLayer.settings(), EveryLayer::differentiable);
        List<AnyNetwork> noisy = networks(layer, noise);
        DataSet data = layer.data(6, 1);
        for (int i = 0; i < noisy.size(); i++) {
            INDArray before = noisy.get(i).output(data.getFeatures());
            assertEquals(plain.get(i).output(data.getFeatures()), before);
            assertNotEquals(
                    plain.get(i).score(data, true), noisy.get(i).score(data, true), "the noise acts in training");
            noisy.get(i).fit(data);
            plain.get(i).params().assign(noisy.get(i).params());
            INDArray after = noisy.get(i).output(data.getFeatures());
            assertNotEquals(before, after);
            assertEquals(plain.get(i).output(data.getFeatures()), after);
        }
    }

    @ParameterizedTest
    @MethodSource("everyLayerAndNoise")
    void trainingDescends(EveryLayer layer, IWeightNoise noise) {
        DataSet data = layer.data(12, 1);
        for (AnyNetwork net : networks(layer, noise)) {
            double before = net.score(data, false);
            for (int i = 0; i < 30; i++) {
                net.fit(data);
            }
            double after = net.score(data, false);
            assertTrue(after < before, () -> after + " after " + before);
        }
    }

    /** The same draw of noise for the pass forward and the pass back. */
    @ParameterizedTest
    @MethodSource("everyLayerWithWeights")
    void theGradientIsThatOfTheNoisyWeights(EveryLayer layer) {
        for (AnyNetwork net : networks(layer, additive())) {
            if (net.model() instanceof org.deeplearning4j.nn.multilayer.MultiLayerNetwork stack) {
                stack.initGradientsView();
            }
            PassedGradient.assertRight(net, layer.data(4, 1));
        }
    }
}
