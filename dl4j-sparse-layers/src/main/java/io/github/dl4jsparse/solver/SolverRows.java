package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.solver.Solution.Certificate;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The examples of a block of a batch in coordinate descent, solved one after the other in Java arrays. */
final class SolverRows {
    /** Elements of the arrays, which hold a few rows at a time and fit into the processor's L2 cache. */
    private static final int ELEMENTS = 1 << 15;

    private final Quadratic quadratic;
    private final INDArray linear;
    private final int count;
    private final int units;
    private final INDArray code;
    private double worst;
    private final EnergyTrace trace = new EnergyTrace();

    /** @param type of the codes of the solution */
    SolverRows(Quadratic quadratic, DataType type) {
        this.quadratic = quadratic;
        linear = quadratic.linear();
        count = (int) linear.size(0);
        units = (int) linear.size(1);
        code = Nd4j.createUninitialized(type, linear.shape(), 'c');
    }

    /**
     * Solves all rows.
     *
     * @param start null for zeros. Not modified.
     */
    SolverRows solve(RowSolver row, INDArray start) {
        int most = Math.max(1, Math.min(count, ELEMENTS / units));
        double[] correlations = new double[most * units];
        double[] starts = start == null ? null : new double[most * units];
        double[] codes = new double[most * units];
        double[] squares = quadratic.squares();
        for (int first = 0; first < count; first += most) {
            int rows = Math.min(most, count - first);
            HostArrays.read(Rows.of(linear, first, rows), correlations);
            if (start != null) {
                HostArrays.read(Rows.of(start, first, rows), starts);
            }
            for (int i = 0; i < rows; i++) {
                row.load(starts, correlations, i, squares[first + i]);
                int rounds = row.solve();
                worst = Math.max(worst, row.certificate());
                row.store(codes, i);
                trace.add(row, rounds);
            }
            HostArrays.write(rows == most ? codes : Arrays.copyOf(codes, rows * units), Rows.of(code, first, rows));
        }
        return this;
    }

    /** The codes, once all rows are solved. */
    INDArray code() {
        return code;
    }

    /** The certificate of the worst row, as the rows measure it. */
    double worst() {
        return worst;
    }

    /**
     * The solution, once all rows are solved.
     *
     * @param certificate of the worst row
     * @param judgedBy    the tolerance
     */
    Solution solution(Certificate kind, double certificate, double judgedBy) {
        double[] energies = trace.toArray();
        return new Solution(
                quadratic.natural(code), energies, kind, certificate, energies.length - 1, certificate <= judgedBy);
    }
}
