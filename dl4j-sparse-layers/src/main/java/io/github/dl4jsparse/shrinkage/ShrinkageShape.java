package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;

/**
 * What a shrinkage is made for and what it needs, with the answers that most kinds give.
 * <p>It stands apart from {@link Shrinkage}, whose constants are of its own kinds: an interface with default methods is
 * initialised with every class that implements it, and two threads could wait for each other.
 */
interface ShrinkageShape extends Serializable {
    /** The number of units of the codes that the shrinkage is made for, or 0 if it takes any. */
    default long units() {
        return 0;
    }

    /**
     * How many thresholds one step has: one a unit, one a group, one in all, or none.
     *
     * @param units the number of units of a code
     * @throws IllegalArgumentException if the shrinkage is made for another number of units
     */
    default int thresholds(int units) {
        return checkedUnits(units);
    }

    /** Whether threshold i belongs to unit i, so that a unit that is removed takes its threshold with it. */
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
     * The shrinkage that is left where only some units are kept and the drive of all others is zero.
     * By default that is this shrinkage, if it takes codes of any size.
     *
     * @param kept in ascending order, none twice; unit i of the result is unit {@code kept[i]} of this. Not modified.
     * @throws IllegalArgumentException if a unit is out of range, or the shrinkage does not hold together without the others
     */
    default Shrinkage restrictedTo(int[] kept) {
        Args.subset("kept", kept, units() == 0 ? Integer.MAX_VALUE : Math.toIntExact(units()));
        if (units() > 0 || !(this instanceof Shrinkage shrinkage)) {
            throw Args.failure(
                    "shrinkage",
                    "one that knows what is left of it (restrictedTo)",
                    getClass().getSimpleName());
        }
        return shrinkage;
    }

    /**
     * Which thresholds are left where only some units are kept: threshold i of {@link #restrictedTo} is threshold
     * {@code keptThresholds(kept)[i]} of this.
     *
     * @param kept as in {@link #restrictedTo}. Not modified.
     * @return a new array
     */
    default int[] keptThresholds(int[] kept) {
        return Args.subset("kept", kept, units() == 0 ? Integer.MAX_VALUE : Math.toIntExact(units()))
                .clone();
    }

    /** The number of units, if the shrinkage takes codes of so many. */
    private int checkedUnits(int units) {
        Args.atLeast("units", units, 1);
        if (units() > 0 && units() != units) {
            throw Args.failure("units", "the " + units() + " that the shrinkage is made for", units);
        }
        return units;
    }
}
