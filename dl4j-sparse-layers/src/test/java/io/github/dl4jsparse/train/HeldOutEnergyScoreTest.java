package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

class HeldOutEnergyScoreTest {
    private static final int INPUTS = 8;
    private static final int HELD_OUT = 22;

    private static INDArray features(int seed, int n) {
        return Samples.gaussian(DataType.FLOAT, seed, n, INPUTS);
    }

    private static DataSetIterator data(int seed, int n, int batch) {
        DataSet all = new DataSet(features(seed, n), Samples.oneHot(n, 3).castTo(DataType.FLOAT));
        return new ListDataSetIterator<>(all.asList(), batch);
    }

    /** The last batch is smaller than the others. */
    private static DataSetIterator heldOut() {
        return data(7, HELD_OUT, 8);
    }

    private static ListaLayer lista(String name) {
        return new ListaLayer.Builder()
                .name(name)
                .nOut(INPUTS)
                .iterations(2)
                .unsupervisedWeight(1)
                .penalty(new L1Penalty(0.05))
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder()
                .nOut(3)
                .nIn(INPUTS)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork net() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(5e-3))
                .list()
                .layer(lista("lower"))
                .layer(lista(null))
                .layer(output())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(5e-3))
                .graphBuilder()
                .addInputs("in")
                .addLayer("lower", lista("lower"), "in")
                .addLayer("upper", lista("upper"), "lower")
                .addLayer("out", output(), "upper")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        return graph;
    }

    /** The definition, in one batch, without any of the library's passes over data. */
    private static double direct(MultiLayerNetwork net, int layer) {
        INDArray x = features(7, HELD_OUT);
        INDArray input = layer == 0 ? x : net.feedForward(x, false).get(layer);
        return ((UnsupervisedLayer) net.getLayer(layer)).energy(input).total();
    }

    private static <T extends Model> EarlyStoppingConfiguration<T> stopping(ScoreCalculator<T> score) {
        return new EarlyStoppingConfiguration.Builder<T>()
                .modelSaver(new InMemoryModelSaver<>())
                .scoreCalculator(score)
                .epochTerminationConditions(
                        new MaxEpochsTerminationCondition(500), new ScoreImprovementEpochTerminationCondition(3))
                .build();
    }

    /** Two examples are learned by heart, until the held-out energy rises again. */
    private static DataSetIterator few() {
        return data(9, 2, 2);
    }

    private static <T extends Model> void assertStopsAtTheBest(
            EarlyStoppingResult<T> result, ScoreCalculator<T> score) {
        assertEquals(
                EarlyStoppingResult.TerminationReason.EpochTerminationCondition,
                result.getTerminationReason(),
                result.getTerminationDetails());
        assertTrue(result.getTotalEpochs() < 500, "stopped after " + result.getTotalEpochs());
        double lowest = Collections.min(result.getScoreVsEpoch().values());
        assertEquals(lowest, result.getScoreVsEpoch().get(result.getBestModelEpoch()));
        assertEquals(lowest, score.calculateScore(result.getBestModel()), 1e-6 * lowest);
        List<Double> scores = List.copyOf(result.getScoreVsEpoch().values());
        assertNotEquals(lowest, scores.get(scores.size() - 1), "the last model is not the best");
    }

    @Test
    void isTheMeanEnergyPerExampleOfOneLayer() {
        MultiLayerNetwork net = net();
        double lower = direct(net, 0);
        double upper = direct(net, 1);
        assertEquals(lower, HeldOutEnergyScore.ofLayer("lower", heldOut()).calculateScore(net), 1e-5 * lower);
        assertEquals(upper, HeldOutEnergyScore.ofLayer("layer1", heldOut()).calculateScore(net), 1e-5 * upper);
        assertTrue(HeldOutEnergyScore.ofLayer("lower", heldOut()).minimizeScore());
    }

    @Test
    void isTheSumOverAllLayersOfNetworkAndGraph() {
        MultiLayerNetwork net = net();
        ComputationGraph graph = graph();
        graph.setParams(net.params().dup());
        double sum = direct(net, 0) + direct(net, 1);
        assertEquals(sum, HeldOutEnergyScore.ofAllLayers(heldOut()).calculateScore(net), 1e-5 * sum);
        assertEquals(sum, HeldOutEnergyScore.ofAllLayers(heldOut()).calculateScore(graph), 1e-5 * sum);
    }

    @Test
    void measuringBetweenTwoEpochsDoesNotChangeTraining() {
        MultiLayerNetwork measured = net();
        MultiLayerNetwork alone = net();
        for (int epoch = 0; epoch < 3; epoch++) {
            measured.fit(few());
            HeldOutEnergyScore.ofAllLayers(heldOut()).calculateScore(measured);
            alone.fit(few());
        }
        assertEquals(0, Samples.distance(alone.params(), measured.params()));
        ComputationGraph measuredGraph = graph();
        ComputationGraph graphAlone = graph();
        for (int epoch = 0; epoch < 3; epoch++) {
            measuredGraph.fit(few());
            HeldOutEnergyScore.ofAllLayers(heldOut()).calculateScore(measuredGraph);
            graphAlone.fit(few());
        }
        assertEquals(0, Samples.distance(graphAlone.params(), measuredGraph.params()));
    }

    @Test
    void earlyStoppingOfANetworkKeepsTheBest() {
        ScoreCalculator<MultiLayerNetwork> score = HeldOutEnergyScore.ofAllLayers(heldOut());
        assertStopsAtTheBest(new EarlyStoppingTrainer(stopping(score), net(), few()).fit(), score);
    }

    @Test
    void earlyStoppingOfAGraphKeepsTheBest() {
        ScoreCalculator<ComputationGraph> score = HeldOutEnergyScore.ofLayer("lower", heldOut());
        assertStopsAtTheBest(new EarlyStoppingGraphTrainer(stopping(score), graph(), few()).fit(), score);
    }

    @Test
    void refusesWhatHasNoEnergy() {
        MultiLayerNetwork dense = new MultiLayerNetwork(
                new NeuralNetConfiguration.Builder().list().layer(output()).build());
        dense.init();
        assertEquals(
                "net must be a network with at least one layer that has an energy, got none",
                assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofAllLayers(heldOut())
                                .calculateScore(dense))
                        .getMessage());
        assertEquals(
                "layer must be one of [lower, layer1], which have an energy, got \"other\"",
                assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofLayer("other", heldOut())
                                .calculateScore(net()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofLayer(null, heldOut()));
        assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofAllLayers((DataSetIterator) null));
        assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofAllLayers(heldOut())
                .calculateScore(null));
    }

    @Test
    void refusesDataThatCannotBeReadAgain() {
        DataSetIterator once = new ListDataSetIterator<>(new DataSet(features(7, 4), features(7, 4)).asList(), 2) {
            private static final long serialVersionUID = 1;

            @Override
            public boolean resetSupported() {
                return false;
            }
        };
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> HeldOutEnergyScore.ofAllLayers(once));
        assertTrue(e.getMessage().startsWith("heldOut must be an iterator with reset()"), e.getMessage());
    }
}
