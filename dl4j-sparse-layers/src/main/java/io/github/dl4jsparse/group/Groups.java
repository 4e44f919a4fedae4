package io.github.dl4jsparse.group;

import io.github.dl4jsparse.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Pools of the units of a code. */
public final class Groups implements Serializable {
    private static final long serialVersionUID = 1;

    private final int units;
    private final int[] offsets;
    private final int[] members;

    private Groups(int units, int[] offsets, int[] members) {
        this.units = units;
        this.offsets = offsets;
        this.members = members;
    }

    /** Blocks of {@code size} consecutive units. */
    public static Groups blocks(int units, int size) {
        Args.atLeast("units", units, 1);
        Args.atLeast("size", size, 1);
        return new Groups(
                units,
                IntStream.rangeClosed(0, units / size).map(i -> i * size).toArray(),
                IntStream.range(0, units).toArray());
    }

    /** The number of units. */
    public int units() {
        return units;
    }

    /** The number of groups. */
    public int count() {
        return offsets.length - 1;
    }

    /** Where each group's members start in {@link #members}, and as the last entry their number: a new array. */
    public int[] offsets() {
        return offsets.clone();
    }

    /** The units of all groups, group by group: a new array. */
    public int[] members() {
        return members.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Groups g
                && g.units == units
                && Arrays.equals(g.offsets, offsets)
                && Arrays.equals(g.members, members);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(members) + 31 * units;
    }
}
