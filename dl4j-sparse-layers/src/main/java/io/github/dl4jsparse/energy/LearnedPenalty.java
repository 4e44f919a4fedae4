package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A penalty with parameters of its own, which a layer learns together with its weights by its unsupervised loss.
 * <p>\[ \vartheta \leftarrow \mathrm{limit}\bigl(\vartheta - \eta\, g\bigr), \qquad
 * g = \pm\, w\, \frac{\partial}{\partial \vartheta} \sum_p \mathrm{penalty}_\vartheta(z_p) \]
 * where theta are the parameters, eta the learning rate, w the weight of the penalty in the loss, z the codes of a
 * batch and the sign is the penalty's choice: descent in the energy, or ascent where the parameters are to maximise it.
 * The loss of layers above has no gradient with respect to theta.
 * <p>A layer uses only the methods of this interface: it adds the parameters to its own, initialises them, computes
 * with {@link #with} their values, writes their gradient, and applies the {@link #limits} after every update. As a
 * {@link Penalty} it is the {@link #initial} one.
 * <p>Shapes: those of {@link #parameters()}; {@code code: [rows, units()]}. Values and gradients are maps by the parameters' names,
 * which may have more entries.
 * <p>Implementations inherit {@code LearnedPenaltyContract}'s tests.
 */
public interface LearnedPenalty extends Penalty {
    /** The parameters, in the order in which a layer lays them out after its own; no name twice. */
    List<PenaltyParameter> parameters();

    /** The penalty with the first values of the parameters, whose type solvers and shrinkages may support. */
    Penalty initial();

    /**
     * Writes the first values, within the limits.
     *
     * @param values modified in place
     */
    void start(Map<String, INDArray> values);

    /**
     * The penalty with given values of the parameters; if noise or averaging of networks has moved them out of the
     * limits, with the nearest values within them.
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
     * The projection of values onto their limits, in place, which is applied after every update; values that are not
     * finite are not changed. A layer calls this once.
     */
    Consumer<Map<String, INDArray>> limits();

    /** {@inheritDoc} The elements of the parameters that belong to other units are removed with them. */
    @Override
    LearnedPenalty restrictedTo(int[] kept);

    /** A penalty for solvers: the initial penalty of a learned one, any other penalty itself. */
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
