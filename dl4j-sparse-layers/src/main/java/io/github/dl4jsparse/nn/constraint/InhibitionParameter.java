package io.github.dl4jsparse.nn.constraint;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The inhibition matrix of a layer's penalty as a parameter of the layer: what it starts from, the penalty with it, its gradient.
 * <p>Shapes: {@code [units, units]}, with the units of the penalty.
 *
 * @param key     name of the parameter
 * @param learned how it is learned
 * @param initial the penalty, with the matrix that the parameter starts from
 */
public record InhibitionParameter(String key, LearnedInhibition learned, LateralInhibitionPenalty initial) {
    /**
     * Refuses a penalty whose inhibition can't be learned.
     *
     * @throws IllegalArgumentException if the penalty is another than lateral inhibition, has a diagonal, or no matrix meets the
     *                                  limits
     */
    public static void requireLearnable(LearnedInhibition learned, Penalty penalty) {
        if (!(penalty instanceof LateralInhibitionPenalty inhibition)) {
            throw Args.failure(
                    "penalty",
                    "a LateralInhibitionPenalty where inhibition is learned",
                    penalty.getClass().getSimpleName());
        }
        learned.requireStart(inhibition.inhibition());
    }

    /** The constraint that keeps the limits. */
    public InhibitionConstraint constraint() {
        return learned.constraint(initial.inhibition(), key);
    }

    /** The parameter's shape. */
    public long[] shape() {
        return new long[] {initial.units(), initial.units()};
    }

    /**
     * Writes the first values.
     *
     * @param params of the layer. The matrix is modified in place.
     */
    public void start(Map<String, INDArray> params) {
        learned.start(initial.inhibition(), params.get(key));
    }

    /**
     * The penalty with the matrix as it is learned so far.
     *
     * @param params of the layer. Not modified.
     */
    public LateralInhibitionPenalty penalty(Map<String, INDArray> params) {
        return initial.with(LearnedInhibition.matrix(params.get(key)));
    }

    /**
     * Writes the gradient that the updater is to follow.
     *
     * @param code      as the penalty takes it. Not modified; not read where the weight is 0.
     * @param weight    of the penalty in the loss
     * @param gradients of the layer. That of the matrix is modified in place.
     */
    public void writeGradient(INDArray code, double weight, Map<String, INDArray> gradients) {
        INDArray gradient = gradients.get(key);
        if (weight > 0) {
            learned.gradient(Transforms.abs(code, true), weight * initial.weight(), gradient);
        } else {
            gradient.assign(0);
        }
    }
}
