package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class CholeskyTest {
    /** By hand: A = L L' with L = [[2, 0, 0], [1, 3, 0], [-1, 2, 1]], a = [1, -2, 3]. */
    @Test
    void theSolutionSolves() {
        double[][] system = {{4, 2, -2, -6}, {2, 10, 5, -3}, {-2, 5, 6, 6}};
        assertArrayEquals(new double[] {1, -2, 3}, Cholesky.solve(system), 1e-12);
    }

    @Test
    void noEquationsHaveNoUnknowns() {
        assertArrayEquals(new double[0], Cholesky.solve(new double[0][]));
    }
}
