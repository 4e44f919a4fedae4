package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.math.Signs;

/** Loops over the units of codes that the JVM compiles to vector instructions. */
final class UnitLoops {
    private UnitLoops() {}

    /** Adds up the negative elements. */
    static void addNegative(float[][] a, float[] sums, int n) {
        float[] z = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += Math.min(0, z[i]);
        }
    }

    static void addNegative(double[][] a, double[] sums, int n) {
        double[] z = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += Math.min(0, z[i]);
        }
    }

    static boolean isAnyNegative(double[] code) {
        double sum = 0;
        for (double z : code) {
            sum += Math.min(0, z);
        }
        return sum < 0;
    }

    /** In four independent sums, which the processor computes in parallel. */
    static double sumOfMagnitudes(double[] code) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= code.length; i += 4) {
            a += Math.abs(code[i]);
            b += Math.abs(code[i + 1]);
            c += Math.abs(code[i + 2]);
            d += Math.abs(code[i + 3]);
        }
        for (; i < code.length; i++) {
            a += Math.abs(code[i]);
        }
        return a + b + (c + d);
    }

    /** {@code gradient += factor * sign(code)}. */
    static void addSigns(float[] gradient, float factor, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            gradient[i] += factor * Signs.of(code[i]);
        }
    }

    static void addSigns(double[] gradient, double factor, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            gradient[i] += factor * Signs.of(code[i]);
        }
    }

    /** {@code gradient += factors * sign(code)}. */
    static void addSigns(float[] gradient, float[] factors, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            gradient[i] += factors[i] * Signs.of(code[i]);
        }
    }

    static void addSigns(double[] gradient, double[] factors, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            gradient[i] += factors[i] * Signs.of(code[i]);
        }
    }

    /** {@code values = scale * values + added}. */
    static void scaleAndAdd(float[] values, float scale, float[] added, int n) {
        for (int i = 0; i < n; i++) {
            values[i] = scale * values[i] + added[i];
        }
    }

    static void scaleAndAdd(double[] values, double scale, double[] added, int n) {
        for (int i = 0; i < n; i++) {
            values[i] = scale * values[i] + added[i];
        }
    }

    /** {@code sum += scale * sign(code) * values}. */
    static void addSigned(float[] sum, float scale, float[] code, float[] values, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += scale * Signs.of(code[i]) * values[i];
        }
    }

    static void addSigned(double[] sum, double scale, double[] code, double[] values, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += scale * Signs.of(code[i]) * values[i];
        }
    }
}
