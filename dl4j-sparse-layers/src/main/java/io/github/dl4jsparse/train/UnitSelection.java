package io.github.dl4jsparse.train;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Selects the units to keep by their usage, for {@link UnitPruner}.
 * <p>Every method returns the units to keep, in ascending order, and refuses an empty result.
 * <p>Shapes: usage, groups and tree are of the same units.
 */
final class UnitSelection {
    private UnitSelection() {}

    /**
     * The units that are active for at least a share of the examples.
     *
     * @param bound from 0 to 1; anything above 0 removes units that are never active
     */
    public static int[] usedUnits(UnitUsage usage, double bound) {
        Args.inRange("bound", bound, 0, 1);
        return some(IntStream.range(0, usage.units()).filter(unit -> usage.frequency(unit) >= bound));
    }

    /**
     * The units with the largest energy shares; of equal ones that of lower index.
     *
     * @param size the number of units to keep, from 1 on
     */
    public static int[] strongestUnits(UnitUsage usage, int size) {
        Args.inRange("size", size, 1, usage.units());
        return IntStream.range(0, usage.units())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> -usage.energyShare(unit)))
                .limit(size)
                .mapToInt(unit -> unit)
                .sorted()
                .toArray();
    }

    /**
     * The units of the groups of which a unit is active for at least a share of the examples, and the units in no
     * group. A unit in several groups is kept if any of them is.
     *
     * @param bound from 0 to 1
     */
    public static int[] usedGroups(UnitUsage usage, Groups groups, double bound) {
        Args.inRange("bound", bound, 0, 1);
        requireUnits("groups", groups.units(), usage);
        BitSet kept = new BitSet();
        IntStream.of(groups.unitsInNoGroup()).forEach(kept::set);
        for (int g = 0; g < groups.count(); g++) {
            int[] members = groups.members(g);
            if (usage.frequencyOfAny(members) >= bound) {
                IntStream.of(members).forEach(kept::set);
            }
        }
        return some(kept.stream());
    }

    /**
     * The tree without the branches that are used less than two bounds: active for less than a share of all examples, and for
     * less than a share of the examples for which the branch's parent is active. The second bound keeps deep nodes, which
     * can't be active often but may be needed where their parents are. Roots stay.
     *
     * @param bound            of U, from 0 to 1
     * @param conditionalBound of the conditional frequency, from 0 to 1; with 1 only the first bound decides, except
     *      for branches that are active whenever their parent is
     */
    public static int[] usedBranches(UnitUsage usage, Tree tree, double bound, double conditionalBound) {
        Args.inRange("bound", bound, 0, 1);
        Args.inRange("conditionalBound", conditionalBound, 0, 1);
        requireUnits("tree", tree.size(), usage);
        BitSet kept = new BitSet();
        for (int place = 0; place < tree.size(); place++) {
            int node = tree.nodeAt(place);
            int parent = tree.parent(node);
            if (parent < 0 || kept.get(parent) && isUsed(usage, tree, node, bound, conditionalBound)) {
                kept.set(node);
            }
        }
        return some(kept.stream());
    }

    private static boolean isUsed(UnitUsage usage, Tree tree, int node, double bound, double conditionalBound) {
        int[] branch = IntStream.concat(IntStream.of(node), IntStream.of(tree.descendants(node)))
                .toArray();
        return usage.frequencyOfAny(branch) >= bound
                || usage.conditionalFrequency(branch, tree.parent(node)) >= conditionalBound;
    }

    /**
     * A tree of a given size: repeatedly removes the leaf of least energy share. With all other units fixed, removing a
     * unit increases the energy of the code by at least half its energy share, in units of the squared norm of the
     * inputs. Roots are kept.
     *
     * @param size the number of nodes to keep, at least the number of roots
     */
    public static int[] treeOfSize(UnitUsage usage, Tree tree, int size) {
        return treeOfSize(usage, tree, size, usage::energyShare);
    }

    static int[] treeOfSize(UnitUsage usage, Tree tree, int size, IntToDoubleFunction worth) {
        requireUnits("tree", tree.size(), usage);
        Args.inRange("size", size, tree.roots().length, tree.size());
        int[] children = new int[tree.size()];
        PriorityQueue<Integer> leaves =
                new PriorityQueue<>(Comparator.comparingDouble((Integer node) -> worth.applyAsDouble(node))
                        .thenComparing(Comparator.reverseOrder()));
        BitSet kept = new BitSet();
        kept.set(0, tree.size());
        for (int node = 0; node < children.length; node++) {
            children[node] = tree.children(node).length;
            if (children[node] == 0 && tree.parent(node) >= 0) {
                leaves.add(node);
            }
        }
        for (int left = tree.size(); left > size; left--) {
            int node = leaves.remove();
            int parent = tree.parent(node);
            kept.clear(node);
            if (--children[parent] == 0 && tree.parent(parent) >= 0) {
                leaves.add(parent);
            }
        }
        return kept.stream().toArray();
    }

    private static void requireUnits(String name, int units, UnitUsage usage) {
        if (units != usage.units()) {
            throw Args.failure(name, "of the " + usage.units() + " units of the usage", units + " units");
        }
    }

    private static int[] some(IntStream kept) {
        int[] units = kept.toArray();
        if (units.length == 0) {
            throw Args.failure("bound", "one that some unit reaches", "none");
        }
        return units;
    }
}
