package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import java.util.List;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A score for DL4J's early stopping that needs no labels: the energy of one layer, or of all, on held-out data.
 * <p>\[ \frac{1}{N} \sum_{n=1}^{N} \sum_{l} E_l(x_n) \]
 * where E is the energy of a layer, reconstruction and penalty, on its input in inference mode, N the number of held-out
 * examples, and l runs over the {@link UnsupervisedLayer}s that are not frozen, or is the given layer. Less is better.
 * Batches are weighted by their numbers of examples, so that the batch size does not matter.
 * <p>DL4J 1.0.0-M2.1 gives the training score of the best model's copy as {@code getBestModelScore()}, mostly 0; the energy
 * is in {@code getScoreVsEpoch()} at {@code getBestModelEpoch()}.
 *
 * @param <T> {@link MultiLayerNetwork} or {@link ComputationGraph}
 */
public final class HeldOutEnergyScore<T extends Model> implements ScoreCalculator<T> {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(HeldOutEnergyScore.class);

    private final @Nullable String layer;
    private final MultiDataSetIterator heldOut;
    private transient DataPasses passes;
    private transient boolean warned;

    private HeldOutEnergyScore(String layer, MultiDataSetIterator heldOut) {
        if (!heldOut.resetSupported()) {
            throw Args.failure(
                    "heldOut",
                    "an iterator with reset(), as every epoch reads it",
                    heldOut.getClass().getName());
        }
        this.layer = layer;
        this.heldOut = heldOut;
    }

    /**
     * The sum over all layers with an energy.
     *
     * @param heldOut features; labels are not used
     * @throws IllegalArgumentException if it can't be reset
     */
    public static <T extends Model> HeldOutEnergyScore<T> ofAllLayers(DataSetIterator heldOut) {
        return ofAllLayers(adapt(heldOut));
    }

    /**
     * The sum over all layers with an energy.
     *
     * @param heldOut features of every input; labels are not used
     * @throws IllegalArgumentException if it can't be reset
     */
    public static <T extends Model> HeldOutEnergyScore<T> ofAllLayers(MultiDataSetIterator heldOut) {
        return new HeldOutEnergyScore<>(null, Args.given("heldOut", heldOut));
    }

    /**
     * One layer.
     *
     * @param layer   its name, or its index in a network where it has none
     * @param heldOut features; labels are not used
     * @throws IllegalArgumentException if the data can't be reset
     */
    public static <T extends Model> HeldOutEnergyScore<T> ofLayer(String layer, DataSetIterator heldOut) {
        return ofLayer(layer, adapt(heldOut));
    }

    /**
     * One layer.
     *
     * @param layer   its name, or its index in a network where it has none
     * @param heldOut features of every input; labels are not used
     * @throws IllegalArgumentException if the data can't be reset
     */
    public static <T extends Model> HeldOutEnergyScore<T> ofLayer(String layer, MultiDataSetIterator heldOut) {
        return new HeldOutEnergyScore<>(Args.given("layer", layer), Args.given("heldOut", heldOut));
    }

    private static MultiDataSetIterator adapt(DataSetIterator data) {
        return new MultiDataSetIteratorAdapter(Args.given("heldOut", data));
    }

    /**
     * Mean energy per held-out example with the present parameters.
     *
     * @param net initialised. Not modified.
     * @throws IllegalArgumentException if the network has no layer with an energy, or none of the given name
     */
    @Override
    public double calculateScore(T net) {
        List<Stage> measured = (layer == null
                        ? Net.of(net).stages()
                        : Net.of(net).stagesWithFrozen())
                .stream()
                        .filter(stage -> stage.layer() instanceof UnsupervisedLayer)
                        .toList();
        List<Stage> chosen = measured.stream()
                .filter(stage -> layer == null || stage.name().equals(layer))
                .toList();
        if (chosen.isEmpty()) {
            throw layer == null || measured.isEmpty()
                    ? Args.failure("net", "a network with at least one layer that has an energy", "none")
                    : Args.failure(
                            "layer",
                            "one of " + measured.stream().map(Stage::name).toList() + ", which have an energy",
                            "\"" + layer + "\"");
        }
        if (passes == null) {
            passes = new DataPasses(heldOut);
        }
        double sum = chosen.stream().mapToDouble(this::energy).sum();
        if (!warned && Boolean.FALSE.equals(passes.knowledge())) {
            warned = true;
            log.warn(
                    "heldOut data differ from pass to pass, scores of two epochs can't be compared: take away freshEachEpoch or"
                            + " random augmentation");
        }
        return sum;
    }

    private double energy(Stage stage) {
        return HeldOutEnergy.mean(stage.dictionary(), new StageInputs(stage, passes, 0))
                .total();
    }

    @Override
    public boolean minimizeScore() {
        return true;
    }
}
