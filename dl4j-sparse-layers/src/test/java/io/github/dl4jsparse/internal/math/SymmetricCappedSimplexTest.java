package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class SymmetricCappedSimplexTest {
    /** A problem with the answer of {@code src/test/oracles/capped_simplex.py}. */
    record Problem(double sum, double cap, boolean atMost, boolean[][] free, double[][] v, double[][] answer) {}

    private static boolean[] flat(boolean[][] rows) {
        boolean[] all = new boolean[rows.length * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows.length, rows.length);
        }
        return all;
    }

    private static double[] flat(double[][] rows) {
        double[] all = new double[rows.length * rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows.length, rows.length);
        }
        return all;
    }

    private static boolean[] offDiagonal(int n) {
        boolean[][] free = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                free[i][j] = i != j;
            }
        }
        return flat(free);
    }

    @Test
    void agreesWithStoredAnswers() throws IOException {
        int bounded = 0;
        try (InputStream in = getClass().getResourceAsStream("/oracles/capped_simplex.json")) {
            for (Problem p : new ObjectMapper().readValue(in, Problem[].class)) {
                double[] values = flat(p.v());
                new SymmetricCappedSimplex(p.v().length, flat(p.free()), p.sum(), p.cap(), p.atMost()).project(values);
                assertArrayEquals(flat(p.answer()), values, 1e-8);
                bounded += p.atMost() ? 1 : 0;
            }
        }
        assertEquals(5, bounded);
    }

    @Test
    void limitsHoldForRandomMatricesOfEverySize() {
        Random random = new Random(1);
        int refused = 0;
        for (int k = 0; k < 400; k++) {
            int n = 2 + random.nextInt(30);
            boolean[] free = offDiagonal(n);
            double zeros = k % 2 == 0 ? 0 : 0.4 * random.nextDouble();
            double[] values = new double[n * n];
            double scale = Math.pow(10, random.nextInt(7) - 3);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    values[i * n + j] = scale * random.nextGaussian();
                    if (j < i && random.nextDouble() < zeros) {
                        free[i * n + j] = false;
                        free[j * n + i] = false;
                    }
                }
            }
            double cap = 0.1 + random.nextDouble();
            double sum = cap * (n - 1) * (0.02 + 0.7 * random.nextDouble());
            SymmetricCappedSimplex set;
            try {
                set = new SymmetricCappedSimplex(n, free, sum, cap);
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            set.project(values);
            assertLimits(n, free, sum, cap, values);
            double[] again = values.clone();
            set.project(again);
            assertArrayEquals(values, again, 1e-9 * cap);
        }
        assertTrue(refused < 150, refused + " infeasible");
    }

    private static void assertLimits(int n, boolean[] free, double sum, double cap, double[] values) {
        for (int i = 0; i < n; i++) {
            double total = 0;
            for (int j = 0; j < n; j++) {
                double entry = values[i * n + j];
                assertEquals(values[j * n + i], entry);
                assertTrue(entry >= 0 && entry <= cap, "entry " + entry);
                assertTrue(free[i * n + j] || entry == 0);
                total += entry;
            }
            assertEquals(sum, total, 1e-9 * sum, "column " + i + " of " + n);
        }
    }

    /** The conditions of Karush, Kuhn and Tucker of the nearest matrix, and Dykstra's alternating projections written down here. */
    @Test
    void columnsMayStayBelowTheSum() {
        Random random = new Random(3);
        int below = 0;
        int full = 0;
        for (int k = 0; k < 200; k++) {
            int n = 2 + random.nextInt(14);
            boolean[] free = offDiagonal(n);
            double scale = Math.pow(10, random.nextInt(4) - 2);
            double[] values = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    values[i * n + j] = scale * random.nextGaussian();
                    if (j < i && k % 2 == 1 && random.nextDouble() < 0.4) {
                        free[i * n + j] = false;
                        free[j * n + i] = false;
                    }
                }
            }
            double cap = 0.1 + random.nextDouble();
            double sum = cap * (0.1 + n * random.nextDouble());
            double[] expected = scale <= 1 ? dykstra(n, free, sum, cap, values) : null;
            SymmetricCappedSimplex set = new SymmetricCappedSimplex(n, free, sum, cap, true);
            assertTrue(set.project(values), "not converged, matrix " + k);
            for (int i = 0; i < n; i++) {
                double total = 0;
                for (int j = 0; j < n; j++) {
                    double entry = values[i * n + j];
                    assertEquals(values[j * n + i], entry);
                    assertTrue(entry >= 0 && entry <= cap && (free[i * n + j] || entry == 0), "entry " + entry);
                    total += entry;
                }
                assertTrue(total <= sum * (1 + 1e-9), "column " + i + " has " + total + " of " + sum);
                below += total < 0.9 * sum ? 1 : 0;
                full += total > (1 - 1e-9) * sum ? 1 : 0;
            }
            if (expected != null) {
                assertArrayEquals(expected, values, 1e-6, "matrix " + k);
            }
            double[] again = values.clone();
            set.project(again);
            assertArrayEquals(values, again, 1e-9 * cap);
        }
        assertTrue(below > 100 && full > 100, below + " columns below, " + full + " full");
    }

    private static double[] dykstra(int n, boolean[] free, double sum, double cap, double[] v) {
        double[] x = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                x[i * n + j] = free[i * n + j] ? (v[i * n + j] + v[j * n + i]) / 2 : 0;
            }
        }
        // the box, then half a space a column; each keeps its own correction
        double[][] corrections = new double[n + 1][n * n];
        for (int round = 0; round < 20_000; round++) {
            double moved = 0;
            for (int set = 0; set <= n; set++) {
                double[] from = new double[n * n];
                for (int at = 0; at < from.length; at++) {
                    from[at] = x[at] + corrections[set][at];
                }
                double[] to = from.clone();
                if (set == n) {
                    for (int at = 0; at < to.length; at++) {
                        to[at] = Math.max(0, Math.min(cap, from[at]));
                    }
                } else {
                    double excess = -sum;
                    int count = 0;
                    for (int j = 0; j < n; j++) {
                        excess += from[set * n + j];
                        count += free[set * n + j] ? 1 : 0;
                    }
                    for (int j = 0; j < n && excess > 0 && count > 0; j++) {
                        if (free[set * n + j]) {
                            to[set * n + j] -= excess / count;
                            to[j * n + set] -= excess / count;
                        }
                    }
                }
                for (int at = 0; at < to.length; at++) {
                    corrections[set][at] = from[at] - to[at];
                    moved = Math.max(moved, Math.abs(x[at] - to[at]));
                    x[at] = to[at];
                }
            }
            if (moved < 1e-12) {
                break;
            }
        }
        return x;
    }

    @Test
    void largeMatricesTakeFewSteps() {
        int n = 300;
        Random random = new Random(2);
        double[] values = random.doubles((long) n * n, -1, 1).toArray();
        SymmetricCappedSimplex set = new SymmetricCappedSimplex(n, offDiagonal(n), 5, 0.9);
        set.project(values);
        assertLimits(n, offDiagonal(n), 5, 0.9, values);
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void limitsThatNoMatrixMeetsAreRefused() {
        new SymmetricCappedSimplex(4, offDiagonal(4), 3, 1);
        refused(
                "column sum must be at most the largest entry 1.0 times the 3 free entries of column 0, got 3.01",
                () -> new SymmetricCappedSimplex(4, offDiagonal(4), 3.01, 1));
        // a star: its centre would need the sum of all its points
        boolean[] star = new boolean[16];
        for (int j = 1; j < 4; j++) {
            star[j] = true;
            star[4 * j] = true;
        }
        refused(
                "column sum must be one that all columns can have with these zeros, got 0.5",
                () -> new SymmetricCappedSimplex(4, star, 0.5, 1));
        refused(
                "column sum must be finite and > 0, got NaN",
                () -> new SymmetricCappedSimplex(4, offDiagonal(4), Double.NaN, 1));
        refused(
                "largest entry must be finite and > 0, got 0.0",
                () -> new SymmetricCappedSimplex(4, offDiagonal(4), 1, 0));
    }
}
