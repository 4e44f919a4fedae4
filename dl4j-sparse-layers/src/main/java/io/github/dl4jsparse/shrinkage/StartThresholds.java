package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;

/**
 * The thresholds that make a shrinkage the proximal operator of a penalty: those of the penalty times the step.
 * <p>Errors: a step that is negative or not finite, a penalty that is not given or made for another number of units.
 */
final class StartThresholds {
    private StartThresholds() {}

    /**
     * The threshold of each unit; 0 where the penalty is not separable over units.
     *
     * @return {@code [units]}, a new array
     * @throws IllegalArgumentException as said above
     */
    public static double[] ofUnits(int units, double step, Penalty penalty) {
        check(units, step, penalty);
        return scaled(penalty.shrinkageThresholds(units), step);
    }

    /**
     * The threshold of each group.
     *
     * @param groups disjoint
     * @return {@code [groups.count()]}, a new array
     * @throws IllegalArgumentException as said above, and if the penalty is not one on the norms of these groups
     */
    public static double[] ofBlocks(Groups groups, double step, Penalty penalty) {
        check(groups.units(), step, penalty);
        double[] thresholds = penalty.blockThresholds(groups)
                .orElseThrow(() -> Args.failure(
                        "penalty",
                        "of the norms of the groups of the shrinkage, such as GroupL2Penalty (or take ProximalShrinkage of"
                                + " this penalty)",
                        penalty));
        return scaled(thresholds, step);
    }

    private static double[] scaled(double[] thresholds, double step) {
        for (int i = 0; i < thresholds.length; i++) {
            thresholds[i] *= step;
        }
        return thresholds;
    }

    /**
     * Checks a step and a penalty for start thresholds.
     *
     * @throws IllegalArgumentException as said above
     */
    public static void check(int units, double step, Penalty penalty) {
        Args.nonNegative("step", step);
        if (Args.given("penalty", penalty).units() > 0 && penalty.units() != units) {
            throw Args.failure("penalty", "made for the " + units + " units of the code", penalty.units());
        }
    }
}
