package io.github.dl4jsparse.train;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solver;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prunes a tree of units by backward elimination: removes, one after the other, the branch whose removal increases the
 * energy least per unit.
 * <p>\[ r_B = \frac{1}{|B|} \sum_x \Bigl( \min_{z : z_B = 0} E(x, z) - \min_z E(x, z) \Bigr) \]
 * where B is a node with all its remaining descendants. Unlike the energy share of {@link UnitUsage#treeOfSize},
 * which keeps all other units fixed, it accounts for units that others can replace: removing one of two equal units
 * costs nothing.
 * <p>The minima are recomputed, from the codes without the branch, for the examples in which the branch is active; for
 * others nothing changes. The cost r of a branch in an earlier round is taken as a lower bound of its present cost, so
 * that few branches are solved for in a round. Under an energy with several local minima, as with lateral inhibition,
 * the result depends on the solver.
 * <p>Shapes: {@code dictionary: [nIn, units]}, inputs {@code [examples, nIn]}.
 * <p>Reference: Reeves, An efficient implementation of the backward greedy algorithm for sparse signal reconstruction, IEEE Signal
 * Processing Letters 6, 1999, for removal one by one.
 *
 * @param dictionary D, kept by reference and not modified
 * @param penalty    on the code of all units
 * @param solver     that supports it
 */
public record BranchElimination(INDArray dictionary, Penalty penalty, Solver solver) {
    /** @throws IllegalArgumentException if a part is missing, the dictionary is not finite, or the solver can't handle the penalty */
    public BranchElimination {
        finite("dictionary", Args.given("dictionary", dictionary));
        Args.given("solver", solver).requireSupport(Args.given("penalty", penalty));
    }

    /**
     * The units of a tree of a given size, in ascending order. Roots are kept.
     *
     * @param tree   of all units
     * @param size   the number of nodes that are kept, at least the number of roots
     * @param inputs on which the costs are measured; not those on which the smaller tree is evaluated afterwards. Not
     *      modified.
     * @throws IllegalArgumentException if they do not fit the dictionary, or are not finite
     */
    public int[] treeOfSize(Tree tree, int size, INDArray inputs) {
        if (tree.size() != dictionary.size(1)) {
            throw Args.failure("tree", "of the " + dictionary.size(1) + " atoms", tree.size() + " nodes");
        }
        Args.inRange("size", size, tree.roots().length, tree.size());
        finite("inputs", Shapes.matrix("inputs", inputs, dictionary.size(0)));
        Rounds rounds = new Rounds(tree, inputs);
        while (rounds.kept.length > size) {
            rounds.removeOneBranch(rounds.kept.length - size);
        }
        return rounds.kept;
    }

    private static void finite(String name, INDArray array) {
        if (!Finite.all(array)) {
            throw Args.failure(name, "finite", Finite.countBad(array) + " NaN or infinite values");
        }
    }

    private Energy energy(int[] units) {
        INDArray atoms = Nd4j.pullRows(dictionary, 0, units).dup('c');
        return new Energy(new DenseOperator(atoms), penalty.restrictedTo(units));
    }

    /** The codes and energies of some examples without a branch. */
    private record Absence(int[] left, int[] examples, double[][] codes, double[] energies, double rise) {}

    /** The remaining units, and the codes of all examples. */
    private final class Rounds {
        private final Tree tree;
        private final INDArray inputs;
        private final double[][] codes;
        private final double[] energies;
        /** The cost of each branch by its latest solution; the lowest value where unknown. */
        private final double[] missed;

        private int[] kept;

        Rounds(Tree tree, INDArray inputs) {
            this.tree = tree;
            this.inputs = inputs;
            this.kept = IntStream.range(0, tree.size()).toArray();
            this.missed = new double[tree.size()];
            Arrays.fill(missed, Double.NEGATIVE_INFINITY);
            Energy energy = energy(kept);
            INDArray code = solver.solve(energy, inputs).code();
            this.codes = code.toDoubleMatrix();
            this.energies = energy.values(inputs, code).toDoubleVector();
        }

        /** @param most the largest number of units to remove */
        void removeOneBranch(int most) {
            Tree left = tree.restrictedTo(kept);
            PriorityQueue<Integer> least =
                    new PriorityQueue<>(Comparator.comparingDouble((Integer node) -> missed[kept[node]])
                            .thenComparing(Comparator.reverseOrder()));
            IntStream.range(0, left.size())
                    .filter(node -> left.parent(node) >= 0 && left.subtreeSize(node) <= most)
                    .forEach(least::add);
            Map<Integer, Absence> solved = new HashMap<>();
            while (!solved.containsKey(least.element())) {
                int node = least.remove();
                Absence absence = without(left, node);
                missed[kept[node]] = absence.rise() / left.subtreeSize(node);
                solved.put(node, absence);
                least.add(node);
            }
            apply(solved.get(least.element()));
        }

        private Absence without(Tree left, int node) {
            int[] branch = IntStream.concat(IntStream.of(node), IntStream.of(left.descendants(node)))
                    .map(member -> kept[member])
                    .sorted()
                    .toArray();
            int[] others = IntStream.of(kept)
                    .filter(unit -> Arrays.binarySearch(branch, unit) < 0)
                    .toArray();
            int[] examples = IntStream.range(0, codes.length)
                    .filter(i -> IntStream.of(branch).anyMatch(unit -> codes[i][unit] != 0))
                    .toArray();
            if (examples.length == 0) {
                return new Absence(others, examples, new double[0][], new double[0], 0);
            }
            Energy energy = energy(others);
            INDArray some = Nd4j.pullRows(inputs, 1, examples);
            INDArray code = solver.solve(energy, some, start(examples, others)).code();
            double[] values = energy.values(some, code).toDoubleVector();
            double rise = 0;
            for (int i = 0; i < examples.length; i++) {
                rise += values[i] - energies[examples[i]];
            }
            return new Absence(others, examples, code.toDoubleMatrix(), values, rise);
        }

        private INDArray start(int[] examples, int[] units) {
            double[][] start = new double[examples.length][units.length];
            for (int i = 0; i < examples.length; i++) {
                for (int k = 0; k < units.length; k++) {
                    start[i][k] = codes[examples[i]][units[k]];
                }
            }
            return Nd4j.create(start).castTo(inputs.dataType());
        }

        private void apply(Absence absence) {
            kept = absence.left();
            for (int i = 0; i < absence.examples().length; i++) {
                int example = absence.examples()[i];
                energies[example] = absence.energies()[i];
                Arrays.fill(codes[example], 0);
                for (int k = 0; k < kept.length; k++) {
                    codes[example][kept[k]] = absence.codes()[i][k];
                }
            }
        }
    }
}
