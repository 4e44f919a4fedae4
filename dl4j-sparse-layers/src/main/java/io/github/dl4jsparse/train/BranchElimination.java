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
 * Makes a tree of units smaller by what its branches would be missed: the branch goes without which the energy rises least for
 * each of its units, again and again.
 * <p>\[ r_B = \frac{1}{|B|} \sum_x \Bigl( \min_{z : z_B = 0} E(x, z) - \min_z E(x, z) \Bigr) \]
 * where B is a node with all its descendants that are left. Other than the energy share of {@link UnitSelection#treeOfSize}, which
 * holds all other units as they are, it knows which unit others can stand in for: of two alike either goes for nothing.
 * <p>The minima are found anew, from the codes with the branch silent, for the examples that use the branch; for others nothing
 * changes. What a branch was missed in an earlier round is taken as the least that it is missed now, so that in a round few are
 * solved for. Under an energy with many minima, as with lateral inhibition, all that is as good as the solver.
 * <p>Shapes: {@code dictionary: [nIn, units]}, inputs {@code [examples, nIn]}.
 * <p>Reference: Reeves, An efficient implementation of the backward greedy algorithm for sparse signal reconstruction, IEEE Signal
 * Processing Letters 6, 1999, for removal one by one.
 *
 * @param dictionary D, kept by reference and not modified
 * @param penalty    on the code of all units
 * @param solver     that can handle it
 */
public record BranchElimination(INDArray dictionary, Penalty penalty, Solver solver) {
    /** @throws IllegalArgumentException if a part is missing, the dictionary is not finite, or the solver can't handle the penalty */
    public BranchElimination {
        finite("dictionary", Args.given("dictionary", dictionary));
        Args.given("solver", solver).requireSupport(Args.given("penalty", penalty));
    }

    /**
     * The units of a tree of a given size, in ascending order. Roots stay.
     *
     * @param tree   of all units
     * @param size   the number of nodes that stay, from the number of roots on
     * @param inputs that measure what is missed; others than those that judge the smaller tree afterwards. Not modified.
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

    /** What becomes of some examples when a branch goes. */
    private record Absence(int[] left, int[] examples, double[][] codes, double[] energies, double rise) {}

    /** The units that are left, and the codes of all examples with them. */
    private final class Rounds {
        private final Tree tree;
        private final INDArray inputs;
        private final double[][] codes;
        private final double[] energies;
        /** By the latest solution for each, or unknown, as the least of all. */
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

        /** @param most the units that may go */
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
