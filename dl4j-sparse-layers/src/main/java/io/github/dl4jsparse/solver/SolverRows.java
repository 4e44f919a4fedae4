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
    private final int[] rounds;
    /** The energy at the start of each round, summed over the rows that reached it, and what later rounds add. */
    private final double[] energies;

    private final double[] settled;

    /**
     * @param solvers   makes a solver for each thread
     * @param code      to start from
     * @param maxRounds the most rounds of a row
     */
    SolverRows(Supplier<? extends RowSolver> solvers, Quadratic quadratic, INDArray code, int maxRounds) {
        this.solvers = solvers;
        count = (int) code.size(0);
        codes = HostArrays.doubles(code);
        linear = HostArrays.doubles(quadratic.linear());
        squares = HostArrays.doubles(quadratic.squares());
        certificates = new double[count];
        rounds = new int[count];
        energies = new double[maxRounds + 1];
        settled = new double[maxRounds + 2];
    }

    /** Solves all rows, several at a time. */
    void solve() {
        int workers = Math.max(1, Math.min(count, 4 * Runtime.getRuntime().availableProcessors()));
        IntStream.range(0, workers).parallel().forEach(worker -> solve(worker, workers));
    }

    /** Solves every {@code workers}-th row, from row {@code worker} on. */
    private void solve(int worker, int workers) {
        RowSolver row = solvers.get();
        for (int i = worker; i < count; i += workers) {
            row.load(codes, linear, i, squares[i]);
            rounds[i] = row.solve();
            certificates[i] = row.certificate();
            row.store(codes, i);
            synchronized (energies) {
                for (int k = 0; k <= rounds[i]; k++) {
                    energies[k] += row.energy(k);
                }
                settled[rounds[i] + 1] += row.energy(rounds[i]);
            }
        }
    }

    /** The solution, once all rows are solved, judged by a tolerance. */
    Solution solution(Quadratic quadratic, INDArray code, Certifier certifier, double judgedBy) {
        HostArrays.write(codes, code);
        int last = 0;
        double worst = 0;
        for (int i = 0; i < count; i++) {
            last = Math.max(last, rounds[i]);
            worst = Double.isNaN(certificates[i]) ? Double.NaN : Math.max(worst, certificates[i]);
        }
        double[] trace = new double[last + 1];
        double before = 0;
        for (int k = 0; k <= last; k++) {
            before += settled[k];
            trace[k] = energies[k] + before;
        }
        if (certifier.kind() == Certificate.SUBGRADIENT_DISTANCE) {
            INDArray product = quadratic.newCode();
            quadratic.product(code, product);
            worst = certifier.worst(code, product);
        }
        return new Solution(quadratic.natural(code), trace, certifier.kind(), worst, last, worst <= judgedBy);
    }
}
