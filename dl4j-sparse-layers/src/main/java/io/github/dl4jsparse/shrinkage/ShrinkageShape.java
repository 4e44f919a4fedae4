package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;

/**
 * The properties of a shrinkage: number of units and thresholds, signs, requirements; with defaults for most kinds.
 * <p>It is separate from {@link Shrinkage} because an interface with default methods is initialised with every class
 * that implements it: the constants of {@link Shrinkage}, which are instances of such classes, could then cause a
 * deadlock of two threads.
 */
interface ShrinkageShape extends Serializable {
    /** The number of units of the codes that the shrinkage is made for, or 0 if it takes any. */
    default long units() {
        return 0;
    }

    /**
     * The number of thresholds of one step: one per unit, one per group, a single one, or none.
     *
     * @param units the number of units of a code
     * @throws IllegalArgumentException if the shrinkage is made for another number of units
     */
    default int thresholds(int units) {
        return checkedUnits(units);
    }

    /** Whether threshold i belongs to unit i, so that the threshold is removed with the unit. */
    default boolean isThresholdOfUnit() {
        return true;
    }

    /** Whether the thresholds must not be negative. */
    default boolean needsNonNegativeThresholds() {
        return true;
    }

    /** Whether units of a code may be negative. */
    default boolean isSigned() {
        return true;
    }

    /** Whether {@link Shrinkage#backward} reads the drive v; else it may be null there. */
    default boolean needsDrive() {
        return false;
    }

    /**
     * The shrinkage restricted to some units, where the drive of all others is zero. By default that is this shrinkage,
     * if it takes codes of any size.
     *
     * @param kept in ascending order, none twice; unit i of the result is unit {@code kept[i]} of this. Not modified.
     * @throws IllegalArgumentException if a unit is out of range, or the shrinkage is not defined without the others
     */
    default Shrinkage restrictedTo(int[] kept) {
        Args.subset("kept", kept, units() == 0 ? Integer.MAX_VALUE : Math.toIntExact(units()));
        if (units() > 0 || !(this instanceof Shrinkage shrinkage)) {
            throw Args.failure(
                    "shrinkage", "one that implements restrictedTo", getClass().getSimpleName());
        }
        return shrinkage;
    }

    /**
     * The thresholds that are kept when it is restricted to some units: threshold i of {@link #restrictedTo} is
     * threshold {@code keptThresholds(kept)[i]} of this.
     *
     * @param kept as in {@link #restrictedTo}. Not modified.
     * @return a new array
     */
    default int[] keptThresholds(int[] kept) {
        return Args.subset("kept", kept, units() == 0 ? Integer.MAX_VALUE : Math.toIntExact(units()))
                .clone();
    }

    /** Checks that the shrinkage takes codes with this number of units. */
    private int checkedUnits(int units) {
        Args.atLeast("units", units, 1);
        if (units() > 0 && units() != units) {
            throw Args.failure("units", "the " + units() + " that the shrinkage is made for", units);
        }
        return units;
    }
}
