package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.ElementLoops;
import io.github.dl4jsparse.math.ElementSums;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Shrinkage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one unrolled step does unit by unit, each in one pass over its arrays.
 * <p>\[ z = h_b(u + d + r), \qquad \delta = h'(z)\,(g + r'), \qquad \partial d \mathrel{+}= \delta \]
 * where u is the product of the step, d the drive, r the code before it if the product leaves it out, b the thresholds, g the
 * gradient with respect to the code, r' the later delta if the product leaves it out. The derivative h' is 1 where the code is not
 * zero, else 0.
 * <p>Shapes: all {@code [rows, nCode]} in c order, dense. NaN goes through.
 */
final class StepLoops {
    /** So large that the smallest number times its square is at least 1. */
    private static final float HUGE = Float.MAX_VALUE;

    private static final double EXACT_HUGE = Double.MAX_VALUE;

    private final boolean soft;
    private final float[] single;
    private final double[] exact;

    /** @param thresholds b, {@code [1, nCode]}. Not modified. */
    StepLoops(Shrinkage shrinkage, INDArray thresholds) {
        soft = shrinkage == Shrinkage.SOFT;
        double[] row = HostArrays.doubles(thresholds);
        exact = new double[ElementLoops.rowChunk(row.length)];
        single = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = row[i % row.length];
            single[i] = (float) exact[i];
        }
    }

    /**
     * The first step of a drive: the thresholds of non-negative units go into it, where they stay for the steps that follow.
     *
     * @param drive modified in place
     * @param code  overwritten
     */
    void first(INDArray drive, INDArray code) {
        ElementLoops.runRows(
                2,
                (parts, n) -> {
                    if (soft) {
                        System.arraycopy(parts[0], 0, parts[1], 0, n);
                        shrink(parts[1], single, n);
                    } else {
                        rectifyAbove(parts[0], single, parts[1], n);
                    }
                },
                (parts, n) -> {
                    if (soft) {
                        System.arraycopy(parts[0], 0, parts[1], 0, n);
                        shrink(parts[1], exact, n);
                    } else {
                        rectifyAbove(parts[0], exact, parts[1], n);
                    }
                },
                drive,
                code);
    }

    /**
     * Folds the thresholds into a drive whose step comes later, as {@link #first} does.
     *
     * @param drive modified in place
     */
    void fold(INDArray drive) {
        if (!soft) {
            ElementLoops.runRows(
                    1, (parts, n) -> subtract(parts[0], single, n), (parts, n) -> subtract(parts[0], exact, n), drive);
        }
    }

    /**
     * A later step.
     *
     * @param code     u at the start, z at the end
     * @param drive    d, with the thresholds in it where they are. Not modified.
     * @param leftOut  r, or null. Not modified.
     */
    void next(INDArray code, INDArray drive, INDArray leftOut) {
        ElementLoops.runRows(
                1,
                (parts, n) -> {
                    add(parts[0], parts[1], n);
                    if (leftOut != null) {
                        add(parts[0], parts[2], n);
                    }
                    if (soft) {
                        shrink(parts[0], single, n);
                    } else {
                        rectify(parts[0], n);
                    }
                },
                (parts, n) -> {
                    add(parts[0], parts[1], n);
                    if (leftOut != null) {
                        add(parts[0], parts[2], n);
                    }
                    if (soft) {
                        shrink(parts[0], exact, n);
                    } else {
                        rectify(parts[0], n);
                    }
                },
                leftOut == null ? new INDArray[] {code, drive} : new INDArray[] {code, drive, leftOut});
    }

    /**
     * The gradient of a step.
     *
     * @param delta         g at the start, delta at the end
     * @param driveGradient sum of the deltas. Overwritten in the first step of a pass, else added to.
     * @param first         whether it is the first that the drive gets a gradient from
     * @param code          z. Not modified.
     * @param leftOut       r', or null. Not modified.
     */
    void back(INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut) {
        ElementLoops.runRows(
                2,
                (parts, n) -> {
                    if (leftOut != null) {
                        add(parts[0], parts[3], n);
                    }
                    mask(parts[0], parts[2], n);
                    if (first) {
                        System.arraycopy(parts[0], 0, parts[1], 0, n);
                    } else {
                        add(parts[1], parts[0], n);
                    }
                },
                (parts, n) -> {
                    if (leftOut != null) {
                        add(parts[0], parts[3], n);
                    }
                    mask(parts[0], parts[2], n);
                    if (first) {
                        System.arraycopy(parts[0], 0, parts[1], 0, n);
                    } else {
                        add(parts[1], parts[0], n);
                    }
                },
                leftOut == null
                        ? new INDArray[] {delta, driveGradient, code}
                        : new INDArray[] {delta, driveGradient, code, leftOut});
    }

    /** The sums over the rows. */
    static double[] sums(INDArray matrix) {
        return ElementSums.columns((a, sums, n) -> add(sums, a[0], n), (a, sums, n) -> add(sums, a[0], n), matrix);
    }

    /** The sums over the rows of the products of elements at the same position. */
    static double[] sumsOfProducts(INDArray a, INDArray b) {
        return ElementSums.columns(
                (parts, sums, n) -> addProducts(sums, parts[0], parts[1], n),
                (parts, sums, n) -> addProducts(sums, parts[0], parts[1], n),
                a,
                b);
    }

    /** The sums over the rows of the deltas times the signs of the codes. */
    static double[] signedSums(INDArray delta, INDArray code) {
        return ElementSums.columns(
                (parts, sums, n) -> {
                    sign(parts[1], n);
                    addProducts(sums, parts[0], parts[1], n);
                },
                (parts, sums, n) -> {
                    sign(parts[1], n);
                    addProducts(sums, parts[0], parts[1], n);
                },
                delta,
                code);
    }

    private static void addProducts(float[] sums, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += a[i] * b[i];
        }
    }

    private static void addProducts(double[] sums, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += a[i] * b[i];
        }
    }

    private static void add(float[] sum, float[] other, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += other[i];
        }
    }

    private static void add(double[] sum, double[] other, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += other[i];
        }
    }

    private static void subtract(float[] from, float[] other, int n) {
        for (int i = 0; i < n; i++) {
            from[i] -= other[i];
        }
    }

    private static void subtract(double[] from, double[] other, int n) {
        for (int i = 0; i < n; i++) {
            from[i] -= other[i];
        }
    }

    private static void rectifyAbove(float[] drive, float[] threshold, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            drive[i] -= threshold[i];
            code[i] = Math.max(0f, drive[i]);
        }
    }

    private static void rectifyAbove(double[] drive, double[] threshold, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            drive[i] -= threshold[i];
            code[i] = Math.max(0d, drive[i]);
        }
    }

    private static void rectify(float[] code, int n) {
        for (int i = 0; i < n; i++) {
            code[i] = Math.max(0f, code[i]);
        }
    }

    private static void rectify(double[] code, int n) {
        for (int i = 0; i < n; i++) {
            code[i] = Math.max(0d, code[i]);
        }
    }

    /** What is left of v beyond the thresholds: v less its nearest number between them. */
    private static void shrink(float[] v, float[] threshold, int n) {
        for (int i = 0; i < n; i++) {
            v[i] -= Math.max(-threshold[i], Math.min(threshold[i], v[i]));
        }
    }

    private static void shrink(double[] v, double[] threshold, int n) {
        for (int i = 0; i < n; i++) {
            v[i] -= Math.max(-threshold[i], Math.min(threshold[i], v[i]));
        }
    }

    private static void mask(float[] delta, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            delta[i] *= Math.min(1f, Math.abs(code[i]) * HUGE * HUGE);
        }
    }

    private static void mask(double[] delta, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            delta[i] *= Math.min(1d, Math.abs(code[i]) * EXACT_HUGE * EXACT_HUGE);
        }
    }

    /** The signs, without a branch, which would keep the loop from vector instructions. */
    private static void sign(float[] code, int n) {
        for (int i = 0; i < n; i++) {
            code[i] = Math.max(-1f, Math.min(1f, code[i] * HUGE * HUGE));
        }
    }

    private static void sign(double[] code, int n) {
        for (int i = 0; i < n; i++) {
            code[i] = Math.max(-1d, Math.min(1d, code[i] * EXACT_HUGE * EXACT_HUGE));
        }
    }
}
