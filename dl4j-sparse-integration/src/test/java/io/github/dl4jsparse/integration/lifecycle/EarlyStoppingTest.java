package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.integration.EveryUnsupervisedLayer;
import io.github.dl4jsparse.train.HeldOutEnergyScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** DL4J's early stopping ends at the lowest held-out energy of every layer that has one, and says which epoch that was. */
class EarlyStoppingTest {
    private static final int EPOCHS = 6;

    private static DataSetIterator training(EveryLayer layer) {
        List<DataSet> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.addAll(layer.data(9, i).asList());
        }
        return new ListDataSetIterator<>(all, 9);
    }

    private static <T extends Model> ScoreCalculator<T> heldOut(EveryLayer layer) {
        return HeldOutEnergyScore.ofAllLayers(
                new ListDataSetIterator<>(layer.data(10, 99).asList(), 4));
    }

    private static <T extends Model> EarlyStoppingConfiguration<T> stopping(EveryLayer layer) {
        return new EarlyStoppingConfiguration.Builder<T>()
                .epochTerminationConditions(
                        new MaxEpochsTerminationCondition(EPOCHS), new ScoreImprovementEpochTerminationCondition(1))
                .scoreCalculator(heldOut(layer))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
    }

    private static <T extends Model> void endsAtTheLowest(EveryLayer layer, EarlyStoppingResult<T> result) {
        assertEquals(
                TerminationReason.EpochTerminationCondition,
                result.getTerminationReason(),
                result.getTerminationDetails());
        assertTrue(new HashSet<>(result.getScoreVsEpoch().values()).size() > 1, "training changes the energy");
        double lowest = Collections.min(result.getScoreVsEpoch().values());
        assertEquals(lowest, result.getScoreVsEpoch().get(result.getBestModelEpoch()));
        assertEquals(lowest, EarlyStoppingTest.<T>heldOut(layer).calculateScore(result.getBestModel()), 1e-12 * lowest);
    }

    private static NeuralNetConfiguration.Builder settings(double rate) {
        return EveryLayer.settings().updater(new Sgd(rate));
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void networksEndAtTheLowestHeldOutEnergy(EveryLayer layer) {
        MultiLayerNetwork net = layer.network(settings(0.01));
        EarlyStoppingResult<MultiLayerNetwork> result =
                new EarlyStoppingTrainer(stopping(layer), net, training(layer)).fit();
        endsAtTheLowest(layer, result);
    }

    @ParameterizedTest
    @EveryUnsupervisedLayer
    void graphsEndAtTheLowestHeldOutEnergy(EveryLayer layer) {
        ComputationGraph net = layer.graph(settings(0.01));
        EarlyStoppingResult<ComputationGraph> result =
                new EarlyStoppingGraphTrainer(stopping(layer), net, training(layer)).fit();
        endsAtTheLowest(layer, result);
    }

    /** Where training goes up its losses, it stops before its last epoch. */
    @ParameterizedTest
    @EveryUnsupervisedLayer
    void trainingStopsOnceTheEnergyRises(EveryLayer layer) {
        EarlyStoppingResult<MultiLayerNetwork> result =
                new EarlyStoppingTrainer(stopping(layer), layer.network(settings(-0.05)), training(layer)).fit();
        endsAtTheLowest(layer, result);
        assertTrue(result.getTotalEpochs() < EPOCHS, () -> "epochs " + result.getScoreVsEpoch());
    }

    static Stream<EveryLayer> withoutEnergy() {
        return Arrays.stream(EveryLayer.values()).filter(layer -> !layer.isUnsupervised());
    }

    @ParameterizedTest
    @MethodSource("withoutEnergy")
    void aNetworkWithoutAnyEnergyIsRefused(EveryLayer layer) {
        EarlyStoppingTrainer trainer = new EarlyStoppingTrainer(stopping(layer), layer.network(), training(layer));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, trainer::fit);
        assertTrue(e.getMessage().contains("at least one layer that has an energy"), e.getMessage());
    }
}
