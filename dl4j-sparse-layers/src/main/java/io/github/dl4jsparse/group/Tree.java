package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A tree, or a forest, with one unit of a code at every node.
 * <p>The group of a node is the node with all its descendants, so that two groups are disjoint or one contains the
 * other. Under a tree-structured norm a unit may be active only if its parent is.
 * <p>Nodes have the indices of the units. {@link #nodeAt} orders them so that a parent comes before its children and
 * the nodes of a subtree are consecutive.
 * <p>Immutable.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011.
 */
public final class Tree implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] parents;
    /** All nodes, depth first. */
    private final int[] order;
    /** The index of each node in the order. */
    private final int[] places;
    /** The number of nodes of each subtree. */
    private final int[] sizes;

    private final int[] depths;

    private Tree(int[] parents, int[] depths) {
        int nodes = parents.length;
        this.parents = parents;
        this.depths = depths;
        int[] byDepth = sortedByDepth(depths);
        sizes = new int[nodes];
        for (int i = nodes - 1; i >= 0; i--) {
            int node = byDepth[i];
            sizes[node]++;
            if (parents[node] >= 0) {
                sizes[parents[node]] += sizes[node];
            }
        }
        order = new int[nodes];
        places = new int[nodes];
        // the index of the next child of each node, and in the last entry that of the next root
        int[] next = new int[nodes + 1];
        for (int node : byDepth) {
            int parent = parents[node] < 0 ? nodes : parents[node];
            places[node] = next[parent];
            next[parent] += sizes[node];
            next[node] = places[node] + 1;
            order[places[node]] = node;
        }
    }

    /**
     * A tree in which every node of a level has the same number of children. Its one root is added to the levels given:
     * {@code branching(10, 2, 2)} has a root and rings of 10, 20 and 40 nodes, 71 in all. Nodes are numbered breadth first,
     * with the root 0; {@code branching()} is a root alone.
     */
    public static Tree branching(int... branching) {
        long nodes = 1;
        long level = 1;
        for (int i = 0; i < branching.length; i++) {
            level *= Args.atLeast("branching of level " + i, branching[i], 1);
            nodes += level;
            if (nodes > Integer.MAX_VALUE - 8) {
                throw Args.failure("number of nodes", "less than 2^31", nodes);
            }
        }
        int[] parents = new int[(int) nodes];
        parents[0] = -1;
        int node = 1;
        int first = 0;
        for (int children : branching) {
            int end = node;
            for (int parent = first; parent < end; parent++) {
                Arrays.fill(parents, node, node + children, parent);
                node += children;
            }
            first = end;
        }
        return ofParents(parents);
    }

    /**
     * A tree or forest by the parent of each node, in any order.
     *
     * @param parents -1 for a root. Not modified.
     * @throws IllegalArgumentException if a parent is out of range or the parents form a cycle; names the node
     */
    @JsonCreator
    public static Tree ofParents(@JsonProperty("parents") int[] parents) {
        int nodes = Args.given("parents", parents).length;
        Args.atLeast("number of nodes", nodes, 1);
        for (int node = 0; node < nodes; node++) {
            if (parents[node] < -1 || parents[node] >= nodes) {
                throw Args.failure("parent of node " + node, "from -1 to " + (nodes - 1), parents[node]);
            }
            if (parents[node] == node) {
                throw Args.failure("parent of node " + node, "another node", "the node itself");
            }
        }
        return new Tree(parents.clone(), depths(parents));
    }

    private static int[] depths(int[] parents) {
        int[] depths = new int[parents.length];
        Arrays.fill(depths, -1);
        int[] path = new int[parents.length];
        for (int start = 0; start < parents.length; start++) {
            int length = 0;
            int node = start;
            while (node >= 0 && depths[node] < 0) {
                if (length == parents.length) {
                    throw Args.failure("parents", "free of circles", "one above node " + start);
                }
                path[length++] = node;
                node = parents[node];
            }
            int depth = node < 0 ? -1 : depths[node];
            while (length > 0) {
                depths[path[--length]] = ++depth;
            }
        }
        return depths;
    }

    /** All nodes by ascending depth, those of one depth in ascending order. */
    private static int[] sortedByDepth(int[] depths) {
        int[] starts = new int[Arrays.stream(depths).max().orElse(0) + 2];
        for (int depth : depths) {
            starts[depth + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] result = new int[depths.length];
        for (int node = 0; node < depths.length; node++) {
            result[starts[depths[node]]++] = node;
        }
        return result;
    }

    /** The number of nodes, one unit each. */
    public int size() {
        return parents.length;
    }

    /** The parent of a node, or -1 for a root. */
    public int parent(int node) {
        return parents[node];
    }

    /** The parents of all nodes, as {@link #ofParents} takes them: a new array. */
    @JsonProperty("parents")
    public int[] parents() {
        return parents.clone();
    }

    /** The nodes without a parent, in ascending order: a new array. */
    public int[] roots() {
        return run(0, size());
    }

    /** The children of a node, in ascending order: a new array. */
    public int[] children(int node) {
        return run(places[node] + 1, places[node] + sizes[node]);
    }

    /** The roots of consecutive whole subtrees of the order. */
    private int[] run(int start, int end) {
        return IntStream.iterate(start, place -> place < end, place -> place + sizes[order[place]])
                .map(place -> order[place])
                .toArray();
    }

    /** The number of ancestors of a node: 0 for a root. */
    public int depth(int node) {
        return depths[node];
    }

    /** The number of nodes of a node's subtree, itself included. */
    public int subtreeSize(int node) {
        return sizes[node];
    }

    /**
     * The node at an index of the depth-first order: after its parent and directly before the rest of its subtree.
     */
    public int nodeAt(int place) {
        return order[place];
    }

    /** Whether {@code node} is below {@code ancestor}; no node is below itself. */
    public boolean isAncestor(int ancestor, int node) {
        int distance = places[node] - places[ancestor];
        return distance > 0 && distance < sizes[ancestor];
    }

    /** All nodes below a node, depth first: a new array. */
    public int[] descendants(int node) {
        return Arrays.copyOfRange(order, places[node] + 1, places[node] + sizes[node]);
    }

    /**
     * The tree restricted to some nodes. Node i of the result is node {@code kept[i]} of this.
     *
     * @param kept in ascending order, none twice, and with every node its parent. Not modified.
     * @throws IllegalArgumentException if a node is out of range, or its parent is missing
     */
    public Tree restrictedTo(int[] kept) {
        Args.subset("kept", kept, size());
        int[] remaining = new int[kept.length];
        for (int i = 0; i < kept.length; i++) {
            int parent = parents[kept[i]];
            int place = parent < 0 ? -1 : Arrays.binarySearch(kept, parent);
            if (parent >= 0 && place < 0) {
                throw Args.failure("kept", "with every node its parent", "node " + kept[i] + " without " + parent);
            }
            remaining[i] = place;
        }
        return ofParents(remaining);
    }

    /** The subtrees as groups: group i is node i, followed by its descendants. */
    public Groups groups() {
        return Groups.of(
                size(),
                IntStream.range(0, size())
                        .mapToObj(node -> Arrays.copyOfRange(order, places[node], places[node] + sizes[node]))
                        .toArray(int[][]::new));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tree tree && Arrays.equals(tree.parents, parents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parents);
    }

    @Override
    public String toString() {
        return "Tree[" + size() + " nodes, " + roots().length + " roots, depth "
                + Arrays.stream(depths).max().orElse(0) + "]";
    }
}
