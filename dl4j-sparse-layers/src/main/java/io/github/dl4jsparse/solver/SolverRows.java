package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.math.HostArrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The examples of a batch in coordinate descent, as plain arrays that several threads work on, each on rows of its own. */
final class SolverRows {
    private final Supplier<? extends RowSolver> solvers;
    private final int count;
    private final double[] codes;
    private final double[] linear;
    private final double[] squares;
    private final double[] certificates;
    private final EnergyTrace trace = new EnergyTrace();

    /**
     * @param solvers makes a solver for each thread
     * @param code    to start from
     */
    SolverRows(Supplier<? extends RowSolver> solvers, Quadratic quadratic, INDArray code) {
        this.solvers = solvers;
        count = (int) code.size(0);
        codes = HostArrays.doubles(code);
        linear = HostArrays.doubles(quadratic.linear());
        squares = quadratic.squares();
        certificates = new double[count];
    }

    /** Solves all rows, several at a time. */
    void solve() {
        int workers = Math.max(1, Math.min(count, 4 * Runtime.getRuntime().availableProcessors()));
        // summed in the order of the workers, whoever is ready first: the same bits every time
        IntStream.range(0, workers)
                .parallel()
                .mapToObj(worker -> solve(worker, workers))
                .toList()
                .forEach(trace::add);
    }

    /** Solves every {@code workers}-th row, from row {@code worker} on. */
    private EnergyTrace solve(int worker, int workers) {
        RowSolver row = solvers.get();
        EnergyTrace part = new EnergyTrace();
        for (int i = worker; i < count; i += workers) {
            row.load(codes, linear, i, squares[i]);
            int rounds = row.solve();
            certificates[i] = row.certificate();
            row.store(codes, i);
            part.add(row, rounds);
        }
        return part;
    }

    /** The solution, once all rows are solved, judged by a tolerance. */
    Solution solution(Quadratic quadratic, INDArray code, Certifier certifier, double judgedBy) {
        HostArrays.write(codes, code);
        double worst = 0;
        for (int i = 0; i < count; i++) {
            worst = Double.isNaN(certificates[i]) ? Double.NaN : Math.max(worst, certificates[i]);
        }
        if (certifier.kind() == Certificate.SUBGRADIENT_DISTANCE) {
            worst = certifier.worst(code);
        }
        double[] energies = trace.toArray();
        return new Solution(
                quadratic.natural(code), energies, certifier.kind(), worst, energies.length - 1, worst <= judgedBy);
    }
}
