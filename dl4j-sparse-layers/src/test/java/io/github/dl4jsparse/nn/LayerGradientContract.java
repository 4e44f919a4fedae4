package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Samples;
import java.util.Map;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradients agree with finite differences in double precision, with the joint loss on. A smooth layer below makes the
 * gradient with respect to the input part of every check.
 */
public interface LayerGradientContract extends LayerFixture {
    /** The number of examples of a gradient check. */
    int EXAMPLES = 3;

    /** Whether a network's gradients pass. */
    default boolean passes(MultiLayerNetwork net, INDArray mask) {
        return GradientCheckUtil.checkGradients(new MLNConfig()
                .net(net)
                .input(input(EXAMPLES, 1))
                .labels(Samples.oneHot(EXAMPLES, CLASSES))
                .inputMask(mask)
                .labelMask(mask)
                .exitOnFirstError(true)
                .callEachIter(LayerFixture.resetRandom())
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .print(PrintMode.FAILURES_ONLY));
    }

    /** Whether a graph's gradients pass. */
    default boolean passes(ComputationGraph net) {
        return GradientCheckUtil.checkGradients(new GraphConfig()
                .net(net)
                .inputs(new INDArray[] {input(EXAMPLES, 1)})
                .labels(new INDArray[] {Samples.oneHot(EXAMPLES, CLASSES)})
                .exitOnFirstError(true)
                .callEachIter(LayerFixture.resetRandom())
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .print(PrintMode.FAILURES_ONLY));
    }

    /** Whether a layer's gradients in pre-training pass. */
    default boolean pretrainingPasses(Layer layer) {
        return GradientCheckUtil.checkGradientsPretrainLayer(
                layer, 1e-6, 1e-4, 1e-8, false, true, input(EXAMPLES, 1), 4711);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void everyParameterHasAGradientInTheJointLoss(LayerVariant variant) {
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
    @MethodSource("variants")
    default void jointLossInAMultiLayerNetwork(LayerVariant variant) {
        for (boolean on : new boolean[] {true, false}) {
            WorkspaceMode mode = on ? WorkspaceMode.ENABLED : WorkspaceMode.NONE;
            var settings = settings().miniBatch(on).trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode);
            assertTrue(
                    passes(network(settings, below(), named(variant, WEIGHT)), null),
                    "workspaces " + mode + ", mini-batch division " + on);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void jointLossInAComputationGraph(LayerVariant variant) {
        var settings = settings().miniBatch(false);
        assertTrue(passes(graph(settings, below(), named(variant, WEIGHT))));
    }

    @ParameterizedTest
    @MethodSource("fewVariants")
    default void jointLossInAComputationGraphWithoutWorkspaces(LayerVariant variant) {
        var settings = settings().trainingWorkspaceMode(WorkspaceMode.NONE).inferenceWorkspaceMode(WorkspaceMode.NONE);
        assertTrue(passes(graph(settings, below(), named(variant, WEIGHT))));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void supervisedLossAlone(LayerVariant variant) {
        assertTrue(passes(network(settings(), below(), named(variant, 0)), null));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void withWeightPenalties(LayerVariant variant) {
        var settings = settings().l1(0.02).l2(0.03).l2Bias(0.04);
        assertTrue(passes(network(settings, below(), named(variant, WEIGHT)), null));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void withDropoutOnTheInput(LayerVariant variant) {
        FeedForwardLayer.Builder<?> builder = variant.builder(WEIGHT);
        builder.name(NAME);
        builder.dropOut(0.6);
        MultiLayerNetwork net = network(settings(), below(), builder.build());
        INDArray x = input(EXAMPLES, 1);
        assertTrue(
                Samples.distance(net.output(x, true), net.output(x, false)) > 1e-3, "dropout does nothing to the code");
        assertTrue(passes(net, null));
        assertTrue(pretrainingPasses(net.getLayer(NAME)), "pre-training");
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void withAMaskOfExamples(LayerVariant variant) {
        INDArray mask = Nd4j.create(new double[][] {{1}, {0}, {1}});
        assertTrue(passes(network(settings(), below(), named(variant, WEIGHT)), mask));
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
        assertTrue(passes(network(settings(), variant.layer(0.8), named(variant, WEIGHT)), null));
    }
}
