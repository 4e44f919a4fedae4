package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.energy.BlockShrinkage;
import io.github.dl4jsparse.internal.math.HostRows;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of the Euclidean norms of disjoint groups of units, which makes whole groups zero.
 * <p>\[ \lambda \sum_g \sqrt{w_g} \lVert z_g \rVert_2, \qquad
 * \mathrm{prox}_t(v)_g = \max(0, 1 - t \lambda \sqrt{w_g} / \lVert v_g \rVert_2) \, v_g \]
 * where lambda is the weight, g runs over the groups and w is the weight of all members of a group. Groups of one unit
 * make it the L1 norm, to the last bit. A unit in no group is not penalised and never shrinks.
 * <p>Shapes: {@code z: [batch, groups.units()]}.
 * <p>Groups that overlap or have different weights inside are refused: {@link OverlappingGroupPenalty} and
 * {@link SmoothedGroupPenalty} take them.
 * <p>Reference: Yuan and Lin, Model selection and estimation in regression with grouped variables, JRSS-B 68, 2006.
 *
 * @param weight lambda, finite and &gt;= 0
 * @param groups no unit in two of them
 */
public record GroupL2Penalty(@JsonProperty("weight") double weight, @JsonProperty("groups") Groups groups)
        implements GroupNormPenalty, BlockSeparable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the weight is negative or not finite, or groups are not as said above */
    @JsonCreator
    public GroupL2Penalty {
        Args.nonNegative("group weight", weight);
        if (!Args.given("groups", groups).isDisjoint()) {
            throw Args.failure("groups", "disjoint (or take OverlappingGroupPenalty)", groups);
        }
        for (int g = 0; g < groups.count(); g++) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                if (groups.weight(i) != groups.weight(groups.start(g))) {
                    throw Args.failure(
                            "weights of group " + g,
                            "all the same (or take OverlappingGroupPenalty)",
                            groups.weight(groups.start(g)) + " and " + groups.weight(i));
                }
            }
        }
    }

    @Override
    public GroupL2Penalty restrictedTo(int[] kept) {
        return new GroupL2Penalty(weight, groups.restrictedTo(kept));
    }

    /** The equal L1 penalty if every group is one unit of weight 1; else null. */
    private L1Penalty singles() {
        boolean single = groups.count() == groups.units() && groups.hasUnitWeights() && groups.isPartition();
        return single ? new L1Penalty(weight) : null;
    }

    /** The largest norm at which a step of size 1 makes a group zero: {@code lambda sqrt(w_g)}. */
    public double threshold(int group) {
        return weight * Math.sqrt(groups.weight(groups.start(group)));
    }

    @Override
    public INDArray values(INDArray code) {
        L1Penalty singles = singles();
        return singles == null ? GroupNormPenalty.super.values(code) : singles.values(code);
    }

    @Override
    public INDArray prox(INDArray code, double step) {
        L1Penalty singles = singles();
        return singles == null ? GroupNormPenalty.super.prox(code, step) : singles.prox(code, step);
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        L1Penalty singles = singles();
        if (singles == null) {
            GroupNormPenalty.super.addGradient(code, scale, gradient);
        } else {
            singles.addGradient(code, scale, gradient);
        }
    }

    @Override
    public void proxOf(double[] code, double step) {
        for (int g = 0; g < groups.count(); g++) {
            BlockShrinkage.shrink(groups, g, code, step * threshold(g));
        }
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        for (int g = 0; g < groups.count(); g++) {
            if (norm(code, g) == 0) {
                BlockShrinkage.shrink(groups, g, point, threshold(g));
            }
        }
    }

    @Override
    public double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        double derivative = 0;
        for (int g = 0; g < groups.count(); g++) {
            double threshold = threshold(g);
            derivative += threshold * BlockShrinkage.adjoint(groups, g, v, step * threshold, gradient);
        }
        return derivative;
    }

    /** {@inheritDoc} Empty for other groups than these. */
    @Override
    public Optional<double[]> blockThresholds(Groups blocks) {
        return groups.equals(blocks)
                ? Optional.of(IntStream.range(0, groups.count())
                        .mapToDouble(this::threshold)
                        .toArray())
                : Optional.empty();
    }

    /** {@inheritDoc} The groups come first, then every unit in no group as a block of one. */
    @Override
    public Groups blocks(int units) {
        if (units != groups.units()) {
            throw Args.failure("units", String.valueOf(groups.units()), units);
        }
        int[][] members = new int[groups.count()][];
        Arrays.setAll(members, groups::members);
        int[][] free = IntStream.of(groups.unitsInNoGroup())
                .mapToObj(unit -> new int[] {unit})
                .toArray(int[][]::new);
        int[][] all = Arrays.copyOf(members, members.length + free.length);
        System.arraycopy(free, 0, all, members.length, free.length);
        return Groups.of(units, all);
    }

    @Override
    public void proxBlock(int block, double[] values, int from, int size, double step) {
        if (block < groups.count()) {
            BlockShrinkage.shrink(values, from, size, step * threshold(block));
        }
    }

    @Override
    public double blockValue(int block, double[] values, int from, int size) {
        return block < groups.count() ? threshold(block) * BlockShrinkage.norm(values, from, size) : 0;
    }

    @Override
    public double blockDualNorm(int block, double[] values, int from, int size) {
        // with a unit in no group the penalty is not a norm
        boolean isNorm = weight > 0 && block < groups.count();
        return isNorm ? BlockShrinkage.norm(values, from, size) / threshold(block) : Double.NaN;
    }

    @Override
    public double blockDistance(int block, double[] code, double[] point, int from, int size) {
        if (block < groups.count()) {
            double norm = BlockShrinkage.norm(code, from, size);
            if (norm == 0) {
                BlockShrinkage.shrink(point, from, size, threshold(block));
            } else {
                for (int i = from; i < from + size; i++) {
                    point[i] -= threshold(block) * (code[i] / norm);
                }
            }
        }
        return BlockShrinkage.norm(point, from, size);
    }

    /** {@inheritDoc} Empty where a unit is in no group: the penalty is then not a norm. */
    @Override
    public Optional<INDArray> dualNorms(INDArray point) {
        if (weight == 0 || groups.unitsInNoGroup().length > 0) {
            return Optional.empty();
        }
        return Optional.of(HostRows.map(
                1,
                (rows, result) -> {
                    for (int g = 0; g < groups.count(); g++) {
                        // the norm is multiplied by the weight of the group, its dual is divided by it
                        double square = groups.weight(groups.start(g));
                        result[0] = Math.max(result[0], norm(rows[0], g) / square / weight);
                    }
                },
                point));
    }
}
