package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;

/** The thresholds that make a shrinkage the proximal operator of a penalty. */
final class StartThresholds {
    private StartThresholds() {}

    /** {@code step * weight} of each unit; 0 where the penalty shrinks no unit by itself. */
    static double[] ofUnits(int units, double step, Penalty penalty) {
        check(units, step, penalty);
        double[] thresholds = penalty.shrinkageThresholds(units);
        for (int i = 0; i < units; i++) {
            thresholds[i] *= step;
        }
        return thresholds;
    }

    /** {@code step * weight} of each group. */
    static double[] ofBlocks(Groups groups, double step, Penalty penalty) {
        check(groups.units(), step, penalty);
        double[] thresholds = penalty.blockThresholds(groups)
                .orElseThrow(() -> Args.failure(
                        "penalty",
                        "of the norms of the groups of the shrinkage, such as GroupL2Penalty (or take ProximalShrinkage of"
                                + " this penalty)",
                        penalty));
        for (int g = 0; g < thresholds.length; g++) {
            thresholds[g] *= step;
        }
        return thresholds;
    }

    static void check(int units, double step, Penalty penalty) {
        Args.nonNegative("step", step);
        if (Args.given("penalty", penalty).units() > 0 && penalty.units() != units) {
            throw Args.failure("penalty", "made for the " + units + " units of the code", penalty.units());
        }
    }
}
