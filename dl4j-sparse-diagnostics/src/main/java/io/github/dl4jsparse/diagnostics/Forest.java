package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;

/** One or more trees over the units of a code, read from the parent of each unit. */
final class Forest {
    private final int[] parents;
    private final int[] depths;
    private final int[] order;
    private final List<List<Integer>> children = new ArrayList<>();
    private final List<Integer> roots = new ArrayList<>();

    private Forest(int[] parents) {
        this.parents = parents.clone();
        this.depths = new int[parents.length];
        this.order = new int[parents.length];
    }

    /**
     * Reads a forest.
     *
     * @param parents of every unit, in any order; -1 for a root. Not modified.
     * @param units   the number of units that there are
     * @throws IllegalArgumentException if there are fewer or more parents than units, one is no unit, or there is a cycle
     */
    static Forest of(int[] parents, int units) {
        if (Args.given("parents", parents).length != units) {
            throw Args.failure("parents", "one for each of " + units + " units", parents.length);
        }
        Args.atLeast("number of units", units, 1);
        Forest forest = new Forest(parents);
        for (int unit = 0; unit < units; unit++) {
            forest.children.add(new ArrayList<>());
        }
        for (int unit = 0; unit < units; unit++) {
            int parent = parents[unit];
            if (parent < -1 || parent >= units) {
                throw Args.failure(
                        "parent of unit " + unit, "a unit from 0 to " + (units - 1) + ", or -1 for a root", parent);
            }
            (parent < 0 ? forest.roots : forest.children.get(parent)).add(unit);
        }
        forest.walk();
        return forest;
    }

    /** Puts the units in order, roots first; a unit that is not reached is below a cycle. */
    private void walk() {
        int found = 0;
        for (int root : roots) {
            order[found++] = root;
        }
        boolean[] reached = new boolean[parents.length];
        for (int next = 0; next < found; next++) {
            int unit = order[next];
            reached[unit] = true;
            for (int child : children.get(unit)) {
                depths[child] = depths[unit] + 1;
                order[found++] = child;
            }
        }
        for (int unit = 0; unit < reached.length; unit++) {
            if (!reached[unit]) {
                throw Args.failure("parents", "free of cycles", "a cycle above unit " + unit);
            }
        }
    }

    /** The number of units. */
    int units() {
        return parents.length;
    }

    /** The unit's parent, -1 for a root. */
    int parent(int unit) {
        return parents[unit];
    }

    /** The number of units above a unit: 0 for a root. */
    int depth(int unit) {
        return depths[unit];
    }

    /** The unit at an index of the order in which every parent comes before its children. */
    int inOrder(int place) {
        return order[place];
    }

    /** The roots in ascending order. */
    List<Integer> roots() {
        return roots;
    }

    /** The children of a unit in ascending order. */
    List<Integer> children(int unit) {
        return children.get(unit);
    }
}
