package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A cost on codes that makes them sparse: one term of the energy.
 * <p>\[ E(x, z) = \tfrac12 \lVert x - D z \rVert_2^2 + \sum_i \mathrm{penalty}_i(z) \]
 * <p>Shapes: {@code code: [batch, nCode]}; values are sums over the batch, in the units of the squared error.
 * <p>Implementations are immutable, name their parameters in JSON, compare by value, and inherit
 * {@code PenaltyContract}'s tests.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Penalty extends Serializable {
    /**
     * The penalty of all codes of a batch together.
     *
     * @param code {@code [batch, nCode]}. Not modified.
     * @return a number of at least 0, and 0 for the zero code
     */
    default double value(INDArray code) {
        // in one order, whatever the number of threads
        return Arrays.stream(HostArrays.doubles(values(code))).sum();
    }

    /**
     * The penalty of each code of a batch.
     *
     * @param code {@code [batch, nCode]}. Not modified.
     * @return {@code [batch, 1]}, a new array of the type of the code
     */
    INDArray values(INDArray code);

    /**
     * The number of units of the codes that the penalty is made for, or 0 if it takes any. A layer or energy of another
     * size refuses the penalty when it is configured.
     */
    default long units() {
        return 0;
    }

    /**
     * The penalty of some of the units, for a layer from which the others are removed.
     * <p>\[ \mathrm{penalty}_K(z_K) = \mathrm{penalty}(z), \qquad z_i = 0 \text{ for } i \notin K \]
     * By default that is this penalty, if it takes codes of any size.
     *
     * @param kept K, in ascending order, none twice; unit i of the result is unit {@code kept[i]} of this. Not modified.
     * @throws IllegalArgumentException if a unit is out of range, or the penalty is not defined without the others
     */
    default Penalty restrictedTo(int[] kept) {
        Args.subset("kept", kept, units() == 0 ? Integer.MAX_VALUE : Math.toIntExact(units()));
        if (units() > 0) {
            throw Args.failure(
                    "penalty", "one that implements restrictedTo", getClass().getSimpleName());
        }
        return this;
    }

    /**
     * Adds {@code scale} times the gradient of {@link #value}. Where the penalty has a kink the sub-gradient of
     * smallest norm is taken, which at a unit that is exactly zero is 0.
     *
     * @param code     {@code [batch, nCode]}. Not modified.
     * @param scale    factor of the gradient
     * @param gradient of the shape of the code. Modified in place.
     */
    void addGradient(INDArray code, double scale, INDArray gradient);

    /**
     * The threshold of the shrinkage that is this penalty's proximal operator of step 1, or 0 where that is no
     * shrinkage unit by unit. A layer starts from step size times this threshold, so that it equals ISTA.
     */
    default double shrinkageThreshold() {
        return 0;
    }

    /**
     * The number of active groups of units.
     * <p>\[ \sum_j \# \{ g : z_{ji} \neq 0 \text{ for some } i \in g \} \]
     *
     * @param code z, {@code [batch, nCode]}. Not modified.
     * @return of all codes together; NaN for a penalty without groups
     */
    default double activeGroups(INDArray code) {
        return Double.NaN;
    }

    /** This penalty on codes that may not be negative; empty where there is no such penalty. */
    default Optional<Penalty> onNonNegativeCodes() {
        return Optional.empty();
    }

    /**
     * The dual norm of points, where the penalty is a norm (or a gauge) whose dual is known in closed form.
     * <p>\[ \Omega^{\circ}(u) = \max_{\mathrm{penalty}(z) \le 1} \langle u, z \rangle \]
     * It gives a solver's duality gap and the largest useful weight: the zero code is a minimiser exactly if the dual
     * norm of {@code D'x} is at most 1.
     *
     * @param point u, {@code [batch, nCode]}. Not modified.
     * @return {@code [batch, 1]}, a new array; empty where there is no closed form
     */
    default Optional<INDArray> dualNorms(INDArray point) {
        return Optional.empty();
    }

    /**
     * The Euclidean distance of a point to the sub-differential of the penalty, which is zero exactly where the code is stationary
     * (a minimiser, where the penalty is convex) and the point is minus the gradient of the rest of the energy.
     * <p>\[ \mathrm{dist}(u, \partial\,\mathrm{penalty}(z)) = \min_{\xi \in \partial\,\mathrm{penalty}(z)} \lVert u - \xi \rVert_2 \]
     * By default that is the distance to the gradient, which is right for a differentiable penalty.
     *
     * @param code  z, {@code [batch, nCode]}. Not modified.
     * @param point u, of the shape of the code. Not modified.
     * @return {@code [batch, 1]}, a new array
     */
    default INDArray subdifferentialDistance(INDArray code, INDArray point) {
        INDArray gradient = Nd4j.zeros(point.dataType(), point.shape());
        addGradient(code, 1, gradient);
        return Norms.column(gradient.subi(point));
    }

    /**
     * The thresholds of the shrinkage of each unit that is this penalty's proximal operator of step 1; zeros where that is no
     * shrinkage unit by unit.
     *
     * @param units the number of units of a code
     * @return {@code [units]}, a new array
     */
    default double[] shrinkageThresholds(int units) {
        double[] thresholds = new double[units];
        Arrays.fill(thresholds, shrinkageThreshold());
        return thresholds;
    }

    /**
     * The thresholds of the block shrinkage that is, or approximates, this penalty's proximal operator of step 1.
     *
     * @param blocks disjoint groups
     * @return {@code [blocks.count()]}, a new array; empty where that is no shrinkage of these blocks by their norms
     */
    default Optional<double[]> blockThresholds(Groups blocks) {
        return Optional.empty();
    }

    /**
     * The sum of this penalty and another, as a single penalty with a proximal operator where there is one: two L1 penalties, or an L1
     * penalty with disjoint groups, a tree or lateral inhibition, in either order.
     *
     * @throws IllegalArgumentException if the two are made for different numbers of units, or one is learned
     */
    default Penalty plus(Penalty other) {
        return SumPenalty.of(this, other);
    }
}
