package io.github.dl4jsparse.solver;

import java.util.Arrays;

/**
 * The energy of rows that are solved one by one, summed for every round: a finished row contributes its last energy to
 * later rounds.
 */
final class EnergyTrace {
    private static final int ROOM = 16;

    /** For each round the sum of the energies of the rows that reached it. */
    private double[] reached = new double[ROOM];
    /** For each round the sum of the last energies of the rows that ended in it. */
    private double[] ended = new double[ROOM];

    private int last;

    /** Adds a row, once it is solved. */
    void add(RowSolver row, int rounds) {
        reserve(rounds);
        for (int k = 0; k <= rounds; k++) {
            reached[k] += row.energy(k);
        }
        ended[rounds] += row.energy(rounds);
    }

    /** Adds the rows of another trace. */
    void add(EnergyTrace other) {
        reserve(other.last);
        for (int k = 0; k <= other.last; k++) {
            reached[k] += other.reached[k];
            ended[k] += other.ended[k];
        }
    }

    private void reserve(int rounds) {
        last = Math.max(last, rounds);
        if (last >= reached.length) {
            reached = Arrays.copyOf(reached, 2 * last);
            ended = Arrays.copyOf(ended, 2 * last);
        }
    }

    /** The energy of all rows in each round up to the last one of any row; round 0 is the start. */
    double[] toArray() {
        double[] sums = Arrays.copyOf(reached, last + 1);
        double before = 0;
        for (int k = 1; k <= last; k++) {
            before += ended[k - 1];
            sums[k] += before;
        }
        return sums;
    }
}
