package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The construction of groups from others, which allows a short JSON form and fast sums: windows over a map are the
 * product of windows over its rows and windows over its columns.
 *
 * @param first   the groups over rows, or the groups that were renumbered
 * @param second  the groups over columns; null for renumbered groups
 * @param numbers the new indices of the units; null for products
 */
record GroupOrigin(Groups first, Groups second, int[] numbers) implements Serializable {
    private static final long serialVersionUID = 1;

    static GroupOrigin product(Groups first, Groups second) {
        return new GroupOrigin(first, second, null);
    }

    boolean isProduct() {
        return second != null;
    }

    static Groups renumbered(Groups groups, int[] numbers) {
        int units = groups.units();
        if (numbers.length != units) {
            throw Args.failure("numbers", "given for each of the " + units + " units", numbers.length);
        }
        BitSet seen = new BitSet(units);
        for (int number : numbers) {
            if (number < 0 || number >= units || seen.get(number)) {
                throw Args.failure("numbers", "each from 0 to " + (units - 1) + " once", Arrays.toString(numbers));
            }
            seen.set(number);
        }
        int[] members =
                Arrays.stream(groups.members()).map(member -> numbers[member]).toArray();
        return new Groups(units, groups.offsets(), members, groups.weights(), new GroupOrigin(groups, null, numbers));
    }
}
