package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;

/** A penalty on the units of a code whose structure is groups of them, which reports count. */
public interface Grouped extends Penalty {
    /** The groups, of all units of the code. */
    Groups groups();
}
