package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Sums over groups of units and shrinkage by their norms, in ONNX's operators: members of groups are gathered.
 * <p>Shapes: units along the last axis of an array, before it any axes.
 */
final class OnnxGroups {
    /** Replaces a norm of zero as the divisor. */
    private static final double SMALLEST = 1e-30;

    /**
     * The largest number of entries of a membership matrix; larger groups are gathered, which takes ten times as long.
     */
    private static final long LARGEST_MATRIX = 1 << 20;

    private OnnxGroups() {}

    /**
     * The sum of each group.
     *
     * @param x       units along the last axis
     * @param members units of each group. Not modified.
     * @param weights of the members; null for 1. Not modified.
     * @return groups along the last axis
     */
    static OnnxValue sums(OnnxValue x, int[][] members, double[][] weights) {
        return (long) members.length * x.size(-1) <= LARGEST_MATRIX
                ? x.product(matrix(x.graph(), (int) x.size(-1), members, weights))
                : gatheredSums(x, members, weights);
    }

    /** Weights of members as a matrix {@code [units, groups]}. */
    private static OnnxValue matrix(OnnxGraph graph, int units, int[][] members, double[][] weights) {
        double[] matrix = new double[units * members.length];
        for (int g = 0; g < members.length; g++) {
            for (int i = 0; i < members[g].length; i++) {
                matrix[members[g][i] * members.length + g] = weights == null ? 1 : weights[g][i];
            }
        }
        return graph.constant(matrix, units, members.length);
    }

    private static OnnxValue gatheredSums(OnnxValue x, int[][] members, double[][] weights) {
        int units = (int) x.size(-1);
        int most = Arrays.stream(members).mapToInt(m -> m.length).max().orElse(1);
        int[] indices = new int[members.length * most];
        double[] factors = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            int[] own = members[i / most];
            boolean isMember = i % most < own.length;
            indices[i] = isMember ? own[i % most] : units;
            factors[i] = isMember && weights != null ? weights[i / most][i % most] : 1;
        }
        OnnxGraph graph = x.graph();
        OnnxValue gathered = x.padded(1, 0).gathered(graph.indices(indices, members.length, most));
        OnnxValue weighted = weights == null ? gathered : gathered.times(graph.constant(factors, members.length, most));
        long[] shape = x.shape();
        shape[shape.length - 1] = members.length;
        return graph.node("ReduceSum", weighted, graph.integers(-1))
                .with("keepdims", 0)
                .to(shape);
    }

    /** Disjoint groups shrunk by their norms; a unit in no group is not shrunk. */
    static OnnxValue shrunk(OnnxValue v, Groups groups, OnnxValue thresholds) {
        int[][] members = new int[groups.count()][];
        Arrays.setAll(members, groups::members);
        return shrunk(v, members, thresholds);
    }

    /**
     * All subtrees shrunk by their norms, the deepest first; those of nodes of one depth are disjoint.
     *
     * @param thresholds of some nodes
     */
    static OnnxValue shrunk(OnnxValue v, Tree tree, Function<int[], OnnxValue> thresholds) {
        Map<Integer, List<Integer>> byDepth = new TreeMap<>(Comparator.reverseOrder());
        for (int node = 0; node < tree.size(); node++) {
            byDepth.computeIfAbsent(tree.depth(node), d -> new ArrayList<>()).add(node);
        }
        OnnxValue value = v;
        for (List<Integer> each : byDepth.values()) {
            int[] nodes = each.stream().mapToInt(n -> n).toArray();
            int[][] members = each.stream().map(node -> subtree(tree, node)).toArray(int[][]::new);
            value = shrunk(value, members, thresholds.apply(nodes));
        }
        return value;
    }

    private static int[] subtree(Tree tree, int node) {
        int[] below = tree.descendants(node);
        int[] all = Arrays.copyOf(below, below.length + 1);
        all[below.length] = node;
        return all;
    }

    private static OnnxValue shrunk(OnnxValue v, int[][] members, OnnxValue thresholds) {
        int units = (int) v.size(-1);
        int[] groupOf = new int[units];
        Arrays.fill(groupOf, members.length);
        for (int g = 0; g < members.length; g++) {
            for (int unit : members[g]) {
                groupOf[unit] = g;
            }
        }
        OnnxGraph graph = v.graph();
        OnnxValue factors = factors(v, members, thresholds);
        if ((long) units * members.length > LARGEST_MATRIX) {
            return v.times(factors.padded(1, 1).gathered(graph.indices(groupOf, units)));
        }
        OnnxValue each = factors.product(matrix(graph, units, members, null).permuted(1, 0));
        double[] free = Arrays.stream(groupOf)
                .mapToDouble(g -> g == members.length ? 1 : 0)
                .toArray();
        return v.times(Arrays.stream(free).allMatch(f -> f == 0) ? each : each.plus(graph.constant(free, units)));
    }

    /** {@code max(0, n - t) / n} for each group, 0 where its norm is 0. */
    private static OnnxValue factors(OnnxValue v, int[][] members, OnnxValue thresholds) {
        OnnxGraph graph = v.graph();
        OnnxValue norms = sums(v.times(v), members, null).each("Sqrt");
        OnnxValue left = norms.minus(thresholds).relu();
        return left.over(norms.with("Max", graph.number(SMALLEST)));
    }
}
