package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.math.HostArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The examples of a block of a batch in coordinate descent, solved one after the other on plain arrays. */
final class SolverRows {
    private final Quadratic quadratic;
    private final int count;
    private final double[] codes;
    private final double[] certificates;
    private final EnergyTrace trace = new EnergyTrace();

    SolverRows(Quadratic quadratic) {
        this.quadratic = quadratic;
        count = (int) quadratic.linear().size(0);
        codes = new double[Math.toIntExact(quadratic.linear().length())];
        certificates = new double[count];
    }

    /**
     * Solves all rows.
     *
     * @param start null for zeros. Not modified.
     */
    SolverRows solve(RowSolver row, INDArray start) {
        double[] starts = start == null ? null : HostArrays.doubles(start);
        double[] linear = quadratic.linearValues();
        double[] squares = quadratic.squares();
        for (int i = 0; i < count; i++) {
            row.load(starts, linear, i, squares[i]);
            int rounds = row.solve();
            certificates[i] = row.certificate();
            row.store(codes, i);
            trace.add(row, rounds);
        }
        return this;
    }

    /** The solution, once all rows are solved, judged by a tolerance. */
    Solution solution(Certifier certifier, double judgedBy) {
        INDArray code = quadratic.newCode();
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
