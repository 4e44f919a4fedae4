package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty with parameters of its own, which a layer that has it learns by its unsupervised loss, beside its weights.
 * <p>\[ \vartheta \leftarrow \mathrm{limit}\bigl(\vartheta - \eta\, g\bigr), \qquad
 * g = \pm\, w\, \frac{\partial}{\partial \vartheta} \sum_p \mathrm{penalty}_\vartheta(z_p) \]
 * where theta are the parameters, eta the learning rate, w the weight of the penalty in the loss, z the codes of a batch and the sign
 * the penalty's own: down the energy, or up where the parameters are its adversary. The loss of layers above has no gradient with
 * respect to theta.
 * <p>A layer asks only what is declared here: it adds the parameters to its own, starts them, computes with {@link #with} their
 * values, writes their gradient, and applies the {@link #limits} after every update. As a {@link Penalty} it is the one that it starts from.
 * <p>Shapes: those of {@link #parameters()}; {@code code: [rows, units()]}. Values and gradients are maps by the parameters' names,
 * which may have more entries.
 * <p>Implementations inherit {@code LearnedPenaltyContract}'s tests.
 */
public interface LearnedPenalty extends Penalty {
    /** The parameters, in the order in which a layer lays them out after its own; no name twice. */
    List<PenaltyParameter> parameters();

    /** The penalty that the parameters start from, which solvers and shrinkages may know by its type. */
    Penalty initial();

    /**
     * Writes the first values, within the limits.
     *
     * @param values modified in place
     */
    void start(Map<String, INDArray> values);

    /**
     * The penalty with values of the parameters, or with the nearest ones that it has, where noise or an average of networks moved
     * them out of its limits.
     *
     * @param values finite. Not modified.
     * @throws IllegalArgumentException if a value is NaN or infinite, as after a training that diverged
     */
    Penalty with(Map<String, INDArray> values);

    /**
     * Writes the gradient g that the updater is to follow downhill.
     *
     * @param values    of the parameters. Not modified.
     * @param code      as the penalty takes it. Not modified.
     * @param weight    w, above 0
     * @param gradients overwritten
     */
    void writeGradients(Map<String, INDArray> values, INDArray code, double weight, Map<String, INDArray> gradients);

    /**
     * What brings values back within their limits, in place, after every update; values that are not finite stay as they are. A layer
     * asks for it once.
     */
    Consumer<Map<String, INDArray>> limits();

    /** {@inheritDoc} The elements of the parameters that belong to other units are cut with them. */
    @Override
    LearnedPenalty restrictedTo(int[] kept);

    /** A penalty as solvers know it: without parameters, with the values that they start from. */
    static Penalty initial(Penalty penalty) {
        return penalty instanceof LearnedPenalty learned ? learned.initial() : penalty;
    }

    @Override
    default double value(INDArray code) {
        return initial().value(code);
    }

    @Override
    default INDArray values(INDArray code) {
        return initial().values(code);
    }

    @Override
    default long units() {
        return initial().units();
    }

    @Override
    default void addGradient(INDArray code, double scale, INDArray gradient) {
        initial().addGradient(code, scale, gradient);
    }

    @Override
    default double shrinkageThreshold() {
        return initial().shrinkageThreshold();
    }

    @Override
    default double[] shrinkageThresholds(int units) {
        return initial().shrinkageThresholds(units);
    }

    @Override
    default double activeGroups(INDArray code) {
        return initial().activeGroups(code);
    }

    @Override
    default Optional<Penalty> onNonNegativeCodes() {
        return initial().onNonNegativeCodes();
    }

    @Override
    default Optional<INDArray> dualNorms(INDArray point) {
        return initial().dualNorms(point);
    }

    @Override
    default INDArray subdifferentialDistance(INDArray code, INDArray point) {
        return initial().subdifferentialDistance(code, point);
    }

    @Override
    default Optional<double[]> blockThresholds(Groups blocks) {
        return initial().blockThresholds(blocks);
    }
}
