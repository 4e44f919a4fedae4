package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
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
    List<Parameter> parameters();

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

    /**
     * A parameter that a {@link LearnedPenalty} owns.
     *
     * @param name    in layers with the penalty, which use this name or one derived from it
     * @param shape   at least two axes, each of length 1 or more
     * @param perUnit for each axis whether its elements belong to the units of the penalty, in their order, and are removed
     *      with them
     */
    record Parameter(String name, List<Long> shape, List<Boolean> perUnit) {
        /**
         * @throws IllegalArgumentException if the name is missing, or there are fewer than two axes, or {@code perUnit} has
         * another length
         */
        public Parameter {
            Args.given("name of a penalty's parameter", name);
            shape = List.copyOf(Args.given("shape", shape));
            perUnit = List.copyOf(Args.given("perUnit", perUnit));
            Args.atLeast("axes of " + name, shape.size(), 2);
            if (perUnit.size() != shape.size()) {
                throw Args.failure(
                        "perUnit of " + name, "one for each of the " + shape.size() + " axes", perUnit.size());
            }
            for (long length : shape) {
                if (length < 1) {
                    throw Args.failure("shape of " + name, "of lengths of at least 1", shape);
                }
            }
        }

        /** A row {@code [1, units]} with an element for each unit. */
        public static Parameter row(String name, long units) {
            return new Parameter(name, List.of(1L, units), List.of(false, true));
        }

        /** A matrix {@code [units, units]} with an element for each pair of units. */
        public static Parameter pairs(String name, long units) {
            return new Parameter(name, List.of(units, units), List.of(true, true));
        }

        /** The shape as ND4J has it, a new array. */
        public long[] dimensions() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
