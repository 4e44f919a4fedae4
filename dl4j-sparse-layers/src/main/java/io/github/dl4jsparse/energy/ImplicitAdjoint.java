package io.github.dl4jsparse.energy;

import java.util.Arrays;

/**
 * The derivative of a proximal operator without a closed form, by conjugate gradients.
 * <p>\[ (I + t H_{AA})\, y_A = g_A \]
 * The notation is that of {@link DifferentiableProximal}. As no eigenvalue of the matrix of a convex penalty is below
 * 1, the error of y is at most the residual, which is at most {@value #TOLERANCE} times the norm of g; it stops there,
 * or after {@value #ITERATIONS_PER_UNIT} iterations for each active unit.
 * <p>Reference: Hestenes and Stiefel, Methods of conjugate gradients for solving linear systems, J. Res. NBS 49, 1952.
 */
final class ImplicitAdjoint {
    static final double TOLERANCE = 1e-12;

    private static final int ITERATIONS_PER_UNIT = 10;

    private final RowPenalty penalty;
    private final double[] code;
    private final double step;
    private final boolean[] active;

    /**
     * @param code   z. Not modified.
     * @param active A
     */
    ImplicitAdjoint(RowPenalty penalty, double[] code, double step, boolean[] active) {
        this.penalty = penalty;
        this.code = code;
        this.step = step;
        this.active = active;
    }

    /** The units that are not zero. */
    static boolean[] nonZero(double[] code) {
        boolean[] active = new boolean[code.length];
        for (int i = 0; i < code.length; i++) {
            active[i] = code[i] != 0;
        }
        return active;
    }

    /**
     * Replaces g by y.
     *
     * @param diagonal approximates the diagonal of the matrix: at least 1. Not modified.
     * @param gradient g. Modified in place.
     * @return {@code dL/dt}
     */
    double solve(double[] diagonal, double[] gradient) {
        double magnitude = Magnitude.of(gradient);
        int units = 0;
        for (int i = 0; i < code.length; i++) {
            gradient[i] = active[i] ? gradient[i] / magnitude : 0;
            units += active[i] ? 1 : 0;
        }
        iterate(diagonal, gradient, ITERATIONS_PER_UNIT * units);
        double[] slope = new double[code.length];
        penalty.gradientOf(code, slope);
        double derivative = 0;
        for (int i = 0; i < code.length; i++) {
            gradient[i] *= magnitude;
            derivative -= active[i] ? gradient[i] * slope[i] : 0;
        }
        return derivative;
    }

    /** @param solution g at first. Modified in place. */
    private void iterate(double[] diagonal, double[] solution, int most) {
        double norm = Math.sqrt(inner(solution, solution));
        if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
            return;
        }
        double[] residual = solution.clone();
        double[] direction = divided(residual, diagonal);
        Arrays.fill(solution, 0);
        double target = TOLERANCE * norm;
        double size = inner(residual, direction);
        for (int k = 0; k < most && Math.sqrt(inner(residual, residual)) > target; k++) {
            double[] product = product(direction);
            double curvature = inner(direction, product);
            if (curvature <= 0) {
                return;
            }
            addTo(solution, size / curvature, direction);
            addTo(residual, -size / curvature, product);
            double[] next = divided(residual, diagonal);
            double nextSize = inner(residual, next);
            addTo(next, nextSize / size, direction);
            direction = next;
            size = nextSize;
        }
    }

    private double[] product(double[] direction) {
        double[] product = new double[code.length];
        penalty.hessianProductOf(code, direction, product);
        for (int i = 0; i < code.length; i++) {
            product[i] = active[i] ? direction[i] + step * product[i] : 0;
        }
        return product;
    }

    private static double[] divided(double[] values, double[] divisors) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] / divisors[i];
        }
        return result;
    }

    private static void addTo(double[] sum, double factor, double[] values) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * values[i];
        }
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
