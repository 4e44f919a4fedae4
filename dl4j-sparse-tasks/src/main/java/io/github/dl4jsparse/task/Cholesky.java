package io.github.dl4jsparse.task;

/** Small symmetric positive definite systems of equations. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Solves {@code A a = b} by {@code A = L L'}.
     *
     * @param system rows of A, each followed by its entry of b. Modified in place.
     * @return a, a new array
     */
    static double[] solve(double[][] system) {
        int n = system.length;
        double[] a = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = system[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= system[i][k] * system[j][k];
                }
                system[i][j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / system[j][j];
            }
            double right = system[i][n];
            for (int k = 0; k < i; k++) {
                right -= system[i][k] * a[k];
            }
            a[i] = right / system[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                a[i] -= system[k][i] * a[k];
            }
            a[i] /= system[i][i];
        }
        return a;
    }
}
