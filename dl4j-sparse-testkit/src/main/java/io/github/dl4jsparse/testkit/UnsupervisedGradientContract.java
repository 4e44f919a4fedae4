package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of pre-training, and of the supervised loss alone, agree with finite differences. */
interface UnsupervisedGradientContract extends UnsupervisedFixture, LayerGradientContract {
    /** {@inheritDoc} Here with both, which a frozen layer ignores. */
    @Override
    default org.deeplearning4j.nn.conf.layers.Layer toFreeze(LayerVariant variant) {
        return withOptionsOfWeights(
                variant, WEIGHT, builder -> builder.dropOut(0.6), builder -> builder.weightNoise(new DropConnect(0.5)));
    }

    /** Whether a layer's gradients in pre-training pass. */
    default boolean pretrainingPasses(Layer layer) {
        return GradientCheckUtil.checkGradientsPretrainLayer(
                layer, STEP, RELATIVE_ERROR, ABSOLUTE_ERROR, false, true, input(EXAMPLES, 1), 4711);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void supervisedLossAlone(LayerVariant variant) {
        assertTrue(passes(new AnyNetwork.Stack(network(settings(), below(), named(variant, 0))), null));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void preTraining(LayerVariant variant) {
        for (boolean miniBatch : new boolean[] {true, false}) {
            double weight = miniBatch ? 0 : WEIGHT;
            MultiLayerNetwork net = network(settings().miniBatch(miniBatch), named(variant, weight));
            String which = "mini-batch division " + miniBatch + ", weight " + weight;
            assertTrue(pretrainingPasses(net.getLayer(NAME)), which);
            double gradient =
                    net.getLayer(NAME).gradient().gradient().norm2Number().doubleValue();
            assertTrue(gradient > 1e-3, "a gradient of zero tells nothing: " + which);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void preTrainingWithWeightPenalties(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().l1(0.02).l2(0.03).l2Bias(0.04), named(variant, 0));
        assertTrue(pretrainingPasses(net.getLayer(NAME)));
    }

    /** The reconstruction of the upper layer aims at the code of the lower one, which so gets a gradient from it. */
    @ParameterizedTest
    @MethodSource("variants")
    default void stackOfTwo(LayerVariant variant) {
        assertTrue(passes(new AnyNetwork.Stack(network(settings(), variant.layer(0.8), named(variant, WEIGHT))), null));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void preTrainingWithDropoutOnTheInput(LayerVariant variant) {
        MultiLayerNetwork net = network(settings(), below(), with(variant, WEIGHT, builder -> builder.dropOut(0.6)));
        assertTrue(pretrainingPasses(net.getLayer(NAME)));
    }
}
