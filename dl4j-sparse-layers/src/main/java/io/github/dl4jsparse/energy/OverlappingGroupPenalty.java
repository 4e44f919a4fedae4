package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostRows;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sum of the weighted Euclidean norms of any groups of units, with exact zeros where groups overlap.
 * <p>\[ \lambda \sum_g \sqrt{\sum_{j \in g} w_{gj} z_j^2} \]
 * where lambda is the weight and w holds the weights of the groups. A unit is zero where at least one of its groups is,
 * so that the active units are those in no zero group. A unit in no group is not penalised.
 * <p>The proximal operator has no closed form. An accelerated projected gradient method solves its dual, one code after the
 * other, up to a relative duality gap, which bounds the error of the code z by
 * {@code |z - z*|^2 <= 2 tolerance objective}; a group whose dual vector stays inside its ball is then exactly zero. That costs
 * some hundred passes over the members of the groups per code: inside networks take {@link SmoothedGroupPenalty}, and for
 * disjoint groups {@link GroupL2Penalty}, which is exact and fast.
 * <p>Shapes: {@code z: [batch, groups.units()]}.
 * <p>Reference: Jenatton, Audibert and Bach, Structured variable selection with sparsity-inducing norms, JMLR 12, 2011; Mairal,
 * Jenatton, Obozinski and Bach, Convex and network flow optimization for structured sparsity, JMLR 12, 2011.
 *
 * @param weight    lambda, finite and &gt;= 0
 * @param groups    any
 * @param tolerance the largest duality gap of the proximal operator, relative to its objective, from 1e-14 to 1; 1e-8 unless
 *                  given
 */
public record OverlappingGroupPenalty(
        @JsonProperty("weight") double weight,
        @JsonProperty("groups") Groups groups,
        @JsonProperty("tolerance") double tolerance)
        implements GroupNormPenalty {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(OverlappingGroupPenalty.class);
    private static final double DEFAULT_TOLERANCE = 1e-8;

    /** @throws IllegalArgumentException if a parameter is out of its range */
    @JsonCreator
    public OverlappingGroupPenalty {
        Args.nonNegative("group weight", weight);
        Args.given("groups", groups);
        Args.inRange("tolerance", tolerance, 1e-14, 1);
    }

    /** A penalty with the default tolerance. */
    public OverlappingGroupPenalty(double weight, Groups groups) {
        this(weight, groups, DEFAULT_TOLERANCE);
    }

    @Override
    public OverlappingGroupPenalty restrictedTo(int[] kept) {
        return new OverlappingGroupPenalty(weight, groups.restrictedTo(kept), tolerance);
    }

    /** {@inheritDoc} Logs a warning if a code did not reach the tolerance. */
    @Override
    public INDArray prox(INDArray code, double step) {
        LongAdder unfinished = new LongAdder();
        Args.nonNegative("step", step);
        HostRows.replaceEach(
                code,
                (rows, row) -> {
                    if (!solve(rows[0], step)) {
                        unfinished.increment();
                    }
                    System.arraycopy(rows[0], 0, row, 0, row.length);
                },
                code);
        if (unfinished.sum() > 0) {
            LOG.warn(
                    "The proximal operator of {} of {} codes stopped at {} iterations above a relative duality gap of {}",
                    unfinished.sum(),
                    code.size(0),
                    OverlappingProx.MOST_ITERATIONS,
                    tolerance);
        }
        return code;
    }

    @Override
    public void proxOf(double[] code, double step) {
        solve(code, step);
    }

    /**
     * {@inheritDoc} Conjugate gradients solve for it at the code that the proximal operator found, to a residual of 1e-12 times
     * the norm of the gradient.
     */
    @Override
    public double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        boolean[] active = new boolean[code.length];
        double[] diagonal = new double[code.length];
        Arrays.fill(active, true);
        Arrays.fill(diagonal, 1);
        double radius = step * weight;
        for (int g = 0; g < groups.count() && radius > 0; g++) {
            double norm = norm(code, g);
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                int unit = groups.member(i);
                active[unit] &= norm != 0;
                diagonal[unit] += norm == 0 ? 0 : radius / norm * groups.weight(i);
            }
        }
        return new ImplicitAdjoint(this, code, step, active).solve(diagonal, gradient);
    }

    private boolean solve(double[] code, double step) {
        return step * weight == 0 || solve(code, group -> true, step * weight, tolerance);
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        if (weight > 0) {
            // a gap is a squared error; with a larger tolerance the distance may be less exact, too
            solve(point, group -> norm(code, group) == 0, weight, Math.max(1e-13, tolerance * tolerance));
        }
    }

    /** Replaces a point by its proximal point; returns whether the tolerance was reached. */
    private boolean solve(double[] point, IntPredicate isLive, double radius, double tolerance) {
        double magnitude = Magnitude.of(point);
        double[] scaled = Magnitude.divided(point, magnitude);
        boolean solved = new OverlappingProx(groups, isLive, radius / magnitude).solve(scaled, tolerance);
        Magnitude.write(scaled, magnitude, point);
        return solved;
    }
}
