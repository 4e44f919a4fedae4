package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.solver.Solvers;
import io.github.dl4jsparse.task.data.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Codes of least energy in a dictionary that is given, without any network: each solver says how far from the minimum it may be. */
public final class SolverAlone {
    // spotless:off
    private SolverAlone() {}

    /** @param args the digits as CSV: 64 pixels, then the class */
    public static void main(String[] args) throws IOException {
        INDArray pixels = CsvFile.of(Path.of(args[0])).label("65").read().features();
        INDArray atoms = pixels.get(NDArrayIndex.interval(0, 255), NDArrayIndex.all()).transpose().dup();  // [64, 255]
        atoms.diviRowVector(atoms.norm2(0));
        INDArray inputs = pixels.get(NDArrayIndex.interval(255, 355), NDArrayIndex.all());                // [100, 64]

        for (Proximal penalty : new Proximal[] {
                new L1Penalty(5), new GroupL2Penalty(5, Groups.blocks(255, 5)), new TreePenalty(2, Tree.branching(2, 2, 2, 2, 2, 2, 2))}) {
            Energy energy = new Energy(new DenseOperator(atoms), penalty);
            Solver solver = Solvers.bestFor(energy, 5000, 1e-4);
            Solution solution = solver.solve(energy, inputs).requireConverged();
            System.out.printf("%s by %s: %.1f of %d atoms active, energy %.1f, %d iterations, certificate %s %.1e%n",
                    penalty.getClass().getSimpleName(), solver.getClass().getSimpleName(),
                    solution.code().neq(0).castTo(pixels.dataType()).sum(1).meanNumber().doubleValue(), atoms.size(1),
                    solution.energy() / inputs.size(0), solution.iterations(), solution.certificate(), solution.worst());
        }
    }
    // spotless:on
}
