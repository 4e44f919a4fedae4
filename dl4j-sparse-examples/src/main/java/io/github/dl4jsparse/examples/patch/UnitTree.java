package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.NeighbourSimilarity;
import io.github.dl4jsparse.diagnostics.TreeSheet;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.solver.Solvers;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A tree of units, under the sum of the norms of its subtrees: a unit may be active only if its parent is.
 * <p>Reference: Jenatton, Mairal, Obozinski and Bach, Proximal methods for hierarchical sparse coding, JMLR 12, 2011.
 *
 * @param tree a unit at every node
 */
public record UnitTree(Tree tree) implements CodeStructure {
    /**
     * A tree of given shape.
     *
     * @param branching children of a node at each level from the root on
     * @throws IllegalArgumentException if the tree has another number of units
     */
    public static UnitTree of(int units, int... branching) {
        Tree tree = Tree.branching(branching);
        if (tree.size() != units) {
            throw Args.failure("--units", "the " + tree.size() + " nodes of the tree, or not given", units);
        }
        return new UnitTree(tree);
    }

    /**
     * The largest tree in which all nodes of a level have the same number of children, of those with at most some number of
     * nodes and at most so many children at each level; of two as large that with more nodes near the root.
     *
     * @param nodes at least 1
     * @param most  children of a node at each level from the root on
     */
    public static UnitTree regular(int nodes, List<Integer> most) {
        return new UnitTree(largest(nodes, Tree.branching(), 1, new int[0], most));
    }

    private static Tree largest(int nodes, Tree best, int width, int[] branching, List<Integer> most) {
        Tree found = best;
        int total = Tree.branching(branching).size();
        if (total > found.size()) {
            found = Tree.branching(branching);
        }
        int children = branching.length == most.size() ? 0 : most.get(branching.length);
        for (; children > 0; children--) {
            if ((long) total + (long) width * children <= nodes) {
                int[] longer = Arrays.copyOf(branching, branching.length + 1);
                longer[branching.length] = children;
                found = largest(nodes, found, width * children, longer, most);
            }
        }
        return found;
    }

    @Override
    public Proximal penalty(double lambda) {
        return new TreePenalty(lambda, tree);
    }

    @Override
    public Solver solver() {
        return Solvers.bestFor(penalty(1), 100, 1e-2);
    }

    @Override
    public Solver exactSolver() {
        return Solvers.bestFor(exactPenalty(1), 2000, 1e-3);
    }

    @Override
    public Groups groups() {
        return tree.groups();
    }

    /** Of every unit and its parent. */
    @Override
    public Optional<NeighbourSimilarity> similarity(INDArray dictionary, long seed) {
        return Optional.of(
                NeighbourSimilarity.tree(dictionary, tree.parents(), NeighbourSimilarity.PERMUTATIONS, seed));
    }

    @Override
    public Optional<Integer> orphans(INDArray codes) {
        int orphans = 0;
        for (float[] code : codes.toFloatMatrix()) {
            for (int unit = 0; unit < code.length; unit++) {
                int parent = tree.parent(unit);
                if (parent >= 0 && code[unit] != 0 && code[parent] == 0) {
                    orphans++;
                }
            }
        }
        return Optional.of(orphans);
    }

    @Override
    public BufferedImage draw(INDArray dictionary, CodeStatistics usage, int side) {
        boolean[] used = new boolean[tree.size()];
        for (int unit = 0; unit < used.length; unit++) {
            used[unit] = usage.frequency(unit) > 0;
        }
        return draw(dictionary, tree, used, side);
    }

    /** Draws filters of {@code side x side} pixels as a tree, those of some units pale. */
    public static BufferedImage draw(INDArray dictionary, Tree tree, boolean[] dark, int side) {
        return new TreeSheet(side, side, FilterZoom.of(side)).draw(dictionary, tree.parents(), dark);
    }

    @Override
    public String order() {
        return "the root in the middle; units that are never active are pale";
    }
}
