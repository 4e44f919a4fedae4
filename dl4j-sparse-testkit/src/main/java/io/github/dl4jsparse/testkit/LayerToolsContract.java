package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's own tools work on networks with the layer. */
interface LayerToolsContract extends LayerFixture {
    private MultiLayerNetwork trainable(LayerVariant variant) {
        return network(settings().updater(new Adam(0.02)), named(variant, WEIGHT));
    }

    /** Batches of three and a last one of two examples. */
    private DataSetIterator unevenBatches() {
        return new ListDataSetIterator<>(dataSet(8, 1).asList(), 3);
    }

    private static void assertDescends(AnyNetwork net, DataSet data) {
        double before = net.score(data, false);
        for (int i = 0; i < 20; i++) {
            net.fit(data);
        }
        double after = net.score(data, false);
        assertTrue(after < before, after + " after " + before);
    }

    /** Learning rate and updater for a network that goes on after transfer learning. */
    private static FineTuneConfiguration fineTuning(IUpdater updater) {
        return new FineTuneConfiguration.Builder().updater(updater).build();
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void frozenLayerKeepsParametersAndLosesTheJointLoss(LayerVariant variant) {
        MultiLayerNetwork net = trainable(variant);
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(net).setFeatureExtractor(0).build();
        DataSet data = dataSet(4, 2);
        assertEquals(net.output(data.getFeatures()), frozen.output(data.getFeatures()));
        assertEquals(crossEntropy(net.output(data.getFeatures()), data.getLabels()), frozen.score(data), 1e-10);
        Map<String, INDArray> code = copies(frozen.getLayer(0));
        INDArray head = frozen.getLayer(1).params().dup();
        frozen.fit(data);
        assertEquals(code, copies(frozen.getLayer(0)));
        assertNotEquals(head, frozen.getLayer(1).params());
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void headIsReplacedOnTheSameCode(LayerVariant variant) {
        // DL4J 1.0.0-M2.1 can't replace the head of a network that has no other parameters
        MultiLayerNetwork net = network(settings().updater(new Adam(0.02)), below(), named(variant, WEIGHT));
        MultiLayerNetwork changed = new TransferLearning.Builder(net)
                .fineTuneConfiguration(fineTuning(new Sgd(learningRate())))
                .removeOutputLayer()
                .addLayer(new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder()
                        .nIn(((FeedForwardLayer) net.getOutputLayer().conf().getLayer()).getNIn())
                        .nOut(2)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build())
                .build();
        INDArray x = input(4, 3);
        assertEquals(net.feedForward(x).get(2), changed.feedForward(x).get(2));
        DataSet data = new DataSet(x, Samples.oneHot(4, 2));
        assertDescends(new AnyNetwork.Stack(changed), data);
    }

    /** Whether the variant is made for one number of units, which then can't be changed alone. */
    default boolean isOfOneSize(LayerVariant variant) {
        return false;
    }

    /** Whether the variant has a number of outputs of its own. */
    private static boolean hasOutputs(LayerVariant variant) {
        return variant.layer(0) instanceof FeedForwardLayer;
    }

    private static Map<String, INDArray> copies(Layer layer) {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        layer.paramTable().forEach((name, array) -> copies.put(name, array.dup()));
        return copies;
    }

    private static void refusedForItsSize(Executable change) {
        String message = assertThrows(DL4JInvalidConfigException.class, change).getMessage();
        assertTrue(message.contains(NAME) && message.contains("nOut = 9"), message);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void numberOfOutputsIsReplaced(LayerVariant variant) {
        assumeTrue(hasOutputs(variant), "the number of outputs is that of the inputs");
        MultiLayerNetwork net = network(settings().updater(new Adam(0.02)), below(), named(variant, WEIGHT));
        TransferLearning.Builder transfer = new TransferLearning.Builder(net)
                .nOutReplace(1, 9, new NormalDistribution(0, 0.5), new NormalDistribution(0, 0.5));
        if (isOfOneSize(variant)) {
            refusedForItsSize(transfer::build);
            return;
        }
        MultiLayerNetwork changed = transfer.build();
        INDArray x = input(4, 4);
        assertEquals(9, changed.feedForward(x).get(2).size(unitAxis()));
        assertEquals(net.getLayer(0).params(), changed.getLayer(0).params());
        DataSet data = dataSet(4, 4);
        assertDescends(new AnyNetwork.Stack(changed), data);
        assertEquals(9, changed.clone().feedForward(x).get(2).size(unitAxis()));
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void graphIsFrozenAndItsNumberOfOutputsReplaced(LayerVariant variant) {
        // DL4J 1.0.0-M2.1 makes a graph of type FLOAT, whatever the original was
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        ComputationGraph net =
                graph(settings().dataType(DataType.FLOAT).updater(new Adam(0.02)), named(variant, WEIGHT));
        DataSet data = new DataSet(
                input(4, 5).castTo(DataType.FLOAT), Samples.oneHot(4, CLASSES).castTo(DataType.FLOAT));
        ComputationGraph frozen =
                new TransferLearning.GraphBuilder(net).setFeatureExtractor(NAME).build();
        assertEquals(net.outputSingle(data.getFeatures()), frozen.outputSingle(data.getFeatures()));
        Map<String, INDArray> code = copies(frozen.getLayer(NAME));
        assertEquals(
                0,
                Samples.distance(net.outputSingle(data.getFeatures()), frozen.outputSingle(data.getFeatures())),
                1e-6);
        frozen.fit(data);
        assertEquals(code, copies(frozen.getLayer(NAME)));
        assumeTrue(hasOutputs(variant), "the number of outputs is that of the inputs");
        TransferLearning.GraphBuilder transfer = new TransferLearning.GraphBuilder(net)
                .fineTuneConfiguration(fineTuning(new Adam(0.02)))
                .nOutReplace(NAME, 9, new NormalDistribution(0, 0.5), new NormalDistribution(0, 0.5));
        if (isOfOneSize(variant)) {
            refusedForItsSize(transfer::build);
            return;
        }
        ComputationGraph changed = transfer.build();
        assertEquals(9, changed.feedForward(data.getFeatures(), false).get(NAME).size(unitAxis()));
        assertDescends(new AnyNetwork.Graph(changed), data);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void earlyStoppingFindsAModelBetterThanTheFirst(LayerVariant variant) {
        MultiLayerNetwork net = trainable(variant);
        double before = new DataSetLossCalculator(unevenBatches(), true).calculateScore(net);
        EarlyStoppingConfiguration<MultiLayerNetwork> conf = new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(4))
                .scoreCalculator(new DataSetLossCalculator(unevenBatches(), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        EarlyStoppingResult<MultiLayerNetwork> result = new EarlyStoppingTrainer(conf, net, unevenBatches()).fit();
        assertEquals(
                EarlyStoppingResult.TerminationReason.EpochTerminationCondition,
                result.getTerminationReason(),
                result.getTerminationDetails());
        // DL4J 1.0.0-M2.1 overwrites getBestModelScore() with the score of a clone, which is 0
        double best = result.getScoreVsEpoch().get(result.getBestModelEpoch());
        assertTrue(best < before, best + " after " + before);
        double again = new DataSetLossCalculator(unevenBatches(), true).calculateScore(result.getBestModel());
        assertEquals(best, again, 1e-10);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void weightNoiseActsInTrainingOnly(LayerVariant variant) {
        var conf = withOptionsOfWeights(
                variant, WEIGHT, builder -> {}, builder -> builder.weightNoise(new DropConnect(0.5)));
        assumeTrue(
                conf instanceof BaseLayer layer && layer.getWeightNoise() != null,
                "the layer has no weights, or refuses noise");
        MultiLayerNetwork noisy = network(settings().updater(new Adam(0.01)), conf);
        MultiLayerNetwork plain = trainable(variant);
        DataSet data = dataSet(4, 6);
        assertEquals(plain.output(data.getFeatures()), noisy.output(data.getFeatures()));
        assertEquals(plain.score(data), noisy.score(data), 1e-10, "the score outside of training");
        noisy.setParams(plain.params());
        double first = noisy.score(data, true);
        noisy.getLayer(NAME).clearNoiseWeightParams();
        assertNotEquals(first, noisy.score(data, true), "weight noise does nothing");
        noisy.getLayer(NAME).clearNoiseWeightParams();
        for (int i = 0; i < 5; i++) {
            noisy.fit(data);
        }
        assertTrue(Double.isFinite(noisy.score(data)));
        assertNotEquals(plain.params(), noisy.params());
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void descriptionsAreGiven(LayerVariant variant) {
        MultiLayerNetwork net = trainable(variant);
        assertTrue(net.summary().contains(NAME));
        InputType type = inputType();
        var layer = net.getLayer(NAME).conf().getLayer();
        var report = layer.getMemoryReport(type);
        assertNotNull(report);
        assertEquals(net.getLayer(NAME).numParams(), report.getParameterSize());
        long small = report.getTotalMemoryBytes(
                8,
                org.deeplearning4j.nn.conf.memory.MemoryUseMode.TRAINING,
                org.deeplearning4j.nn.conf.CacheMode.NONE,
                DataType.FLOAT);
        long large = report.getTotalMemoryBytes(
                64,
                org.deeplearning4j.nn.conf.memory.MemoryUseMode.TRAINING,
                org.deeplearning4j.nn.conf.CacheMode.NONE,
                DataType.FLOAT);
        assertTrue(small > 4 * report.getParameterSize() && large > small, small + " and " + large + " bytes");
        assertFalse(layer.toString().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void listenersSeeEveryIteration(LayerVariant variant) {
        MultiLayerNetwork net = trainable(variant);
        var scores = new org.deeplearning4j.optimize.listeners.CollectScoresIterationListener(1);
        net.setListeners(scores);
        net.fit(unevenBatches(), 2);
        double[] seen = scores.getScoreVsIter().getEffectiveScores();
        assertEquals(6, seen.length);
        for (double score : seen) {
            assertTrue(score > 0 && score < Double.POSITIVE_INFINITY, "a score of " + score);
        }
    }
}
