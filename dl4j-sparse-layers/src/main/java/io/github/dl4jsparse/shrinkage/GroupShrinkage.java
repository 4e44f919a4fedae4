package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.energy.BlockShrinkage;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Block shrinkage: every group of units shrinks by its norm, so that whole groups become zero.
 * <p>\[ \eta_\theta(v)_g = \max(0, 1 - \theta_g / \lVert v_g \rVert_2)\, v_g, \qquad \theta_g \ge 0 \]
 * where g runs over disjoint groups. It is the proximal operator of the {@link GroupL2Penalty} of the same groups, with a threshold
 * of its own for each group. A unit in no group is not shrunk.
 * <p>Shapes: codes {@code [groups.units()]}, thresholds {@code [groups.count()]}.
 * <p>Errors: groups that overlap are refused; {@link ProximalShrinkage} takes them.
 * <p>Reference: Yuan and Lin, Model selection and estimation in regression with grouped variables, JRSS-B 68, 2006.
 *
 * @param groups no unit in two of them; if they have weights, all members of a group have the same
 */
public record GroupShrinkage(@JsonProperty("groups") Groups groups) implements Shrinkage {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if groups are not as said above */
    @JsonCreator
    public GroupShrinkage {
        if (!Args.given("groups", groups).isDisjoint()) {
            throw Args.failure(
                    "groups", "disjoint (or take ProximalShrinkage with an OverlappingGroupPenalty)", groups);
        }
        new GroupL2Penalty(1, groups);
    }

    @Override
    public long units() {
        return groups.units();
    }

    @Override
    public int thresholds(int units) {
        Shrinkage.super.thresholds(units);
        return groups.count();
    }

    @Override
    public boolean isThresholdOfUnit() {
        return false;
    }

    /** {@inheritDoc} The penalty must be one of the norms of these groups. */
    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        thresholds(units);
        return StartThresholds.ofBlocks(groups, step, penalty);
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        for (int g = 0; g < groups.count(); g++) {
            BlockShrinkage.shrink(groups, g, v, thresholds[g]);
        }
    }

    @Override
    public boolean needsDrive() {
        return true;
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        for (int g = 0; g < groups.count(); g++) {
            thresholdGradient[g] += BlockShrinkage.adjoint(groups, g, v, thresholds[g], gradient);
        }
    }

    @Override
    public GroupShrinkage restrictedTo(int[] kept) {
        return new GroupShrinkage(groups.restrictedTo(kept));
    }

    @Override
    public int[] keptThresholds(int[] kept) {
        return groups.groupsOf(kept);
    }
}
