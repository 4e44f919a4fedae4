package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Map;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Gradients agree with finite differences in double precision. A smooth layer below makes the gradient with respect to the
 * input part of every check.
 */
interface LayerGradientContract extends LayerFixture {
    /** The number of examples of a gradient check. */
    int EXAMPLES = 3;

    /** The step of the finite differences. */
    double STEP = 1e-6;
    /** The relative error that passes. */
    double RELATIVE_ERROR = 1e-4;
    /** The absolute error that passes whatever the relative one. */
    double ABSOLUTE_ERROR = 1e-8;

    /** Whether a network's gradients pass. */
    default boolean passes(AnyNetwork net, INDArray mask) {
        return net.gradientsPass(input(EXAMPLES, 1), Samples.oneHot(EXAMPLES, CLASSES), mask);
    }

    /** Fails unless a network's gradients pass, with the parameter whose gradient is farthest off. */
    private void assertPasses(AnyNetwork net, INDArray mask, String which) {
        if (!passes(net, mask)) {
            DataSet data = dataSet(EXAMPLES, 1);
            data.setFeaturesMaskArray(mask);
            data.setLabelsMaskArray(mask == null ? null : maskOfLabels());
            fail(which + ": " + GradientDifferences.farthest(net, data));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void everyParameterHasAGradient(LayerVariant variant) {
        MultiLayerNetwork net = network(settings(), below(), named(variant, WEIGHT));
        net.setInput(input(EXAMPLES, 1));
        net.setLabels(Samples.oneHot(EXAMPLES, CLASSES));
        net.computeGradientAndScore();
        for (Map.Entry<String, INDArray> e :
                net.gradient().gradientForVariable().entrySet()) {
            assertTrue(e.getValue().norm2Number().doubleValue() > 1e-4, "the gradient of " + e.getKey() + " is zero");
        }
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void gradientsAgreeWithFiniteDifferences(LayerVariant variant, NetworkKind kind) {
        for (boolean on : new boolean[] {true, false}) {
            WorkspaceMode mode = on ? WorkspaceMode.ENABLED : WorkspaceMode.NONE;
            var settings = settings().miniBatch(on).trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode);
            assertPasses(
                    network(kind, settings, below(), named(variant, WEIGHT)),
                    null,
                    "workspaces " + mode + ", mini-batch division " + on);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void withWeightPenalties(LayerVariant variant) {
        var settings = settings().l1(0.02).l2(0.03).l2Bias(0.04);
        assertPasses(
                new AnyNetwork.Stack(network(settings, below(), named(variant, WEIGHT))), null, "weight penalties");
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void withDropoutOnTheInput(LayerVariant variant) {
        MultiLayerNetwork net = network(settings(), below(), with(variant, WEIGHT, builder -> builder.dropOut(0.6)));
        INDArray x = input(EXAMPLES, 1);
        assertTrue(
                Samples.distance(net.output(x, true), net.output(x, false)) > 1e-3,
                "dropout does nothing to the output: apply it in activate and backpropGradient, or refuse it in build()");
        assertPasses(new AnyNetwork.Stack(net), null, "dropout");
    }

    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void withAMaskOfExamples(LayerVariant variant, NetworkKind kind) {
        assertPasses(network(kind, settings(), below(), named(variant, WEIGHT)), maskOfExamples(), "a mask");
    }

    /**
     * The layer that is frozen: without dropout and weight noise, as the gradient of DL4J's own layers goes through noise that a frozen
     * layer did not have.
     */
    default Layer toFreeze(LayerVariant variant) {
        return named(variant, WEIGHT);
    }

    /** DL4J's wrapper runs the layer as in inference and asks it for the gradient all the same. */
    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void frozenWithBackpropPassesTheGradientOn(LayerVariant variant, NetworkKind kind) {
        for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
            AnyNetwork net = network(
                    kind,
                    settings().trainingWorkspaceMode(mode),
                    below(),
                    new FrozenLayerWithBackprop(toFreeze(variant)));
            DataSet data = dataSet(EXAMPLES, 1);
            PassedGradient.assertRight(net, data);
            INDArray mask = maskOfExamples();
            data.setFeaturesMaskArray(mask);
            data.setLabelsMaskArray(maskOfLabels());
            PassedGradient.assertRight(net, data);
        }
    }
}
