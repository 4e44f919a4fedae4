package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.ElementSums;
import io.github.dl4jsparse.internal.math.Signs;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The element-wise part of one unrolled step, in one pass over its arrays.
 * <p>\[ z = h_b(u + d + r), \qquad \delta = h'(z)\,(g + r'), \qquad \partial d \mathrel{+}= \delta \]
 * where u is the product of the step, d the drive, r the previous code if the product leaves out the identity, b the
 * thresholds, g the gradient with respect to the code, r' the delta of the next step if the product leaves out the
 * identity. The derivative h' is 1 where the code is not zero, else 0. For non-negative units, thresholds are
 * subtracted from the drive once: h_b(v) is {@code h_0(v - b)}.
 * <p>Shapes: all {@code [rows, nCode]} in c order, dense. NaN gives NaN.
 */
final class StepLoops implements ShrinkingStep {
    private final UnitShrinkage shrinkage;
    /**
     * The thresholds that are subtracted from the drive, for the rows of a chunk, {@code float[]} or {@code double[]};
     * null for none.
     */
    private final Object folded;
    /** The thresholds of the steps, likewise. */
    private final Object thresholds;

    /**
     * @param thresholds b, {@code [nCode]}. Not modified.
     * @param folds      whether all steps that add the same drive have these thresholds
     */
    StepLoops(UnitShrinkage shrinkage, double[] thresholds, DataType type, boolean folds) {
        this.shrinkage = shrinkage;
        Object all = ElementLoops.repeated(thresholds, type);
        boolean goIn = folds && shrinkage.isOfDifference();
        this.folded = goIn ? all : null;
        this.thresholds = goIn ? ElementLoops.repeated(new double[thresholds.length], type) : all;
    }

    @Override
    public void prepare(INDArray drive) {
        if (folded != null) {
            ElementLoops.runRows(
                    1,
                    (a, n) -> subtract(a[0], (float[]) folded, n),
                    (a, n) -> subtract(a[0], (double[]) folded, n),
                    drive);
        }
    }

    @Override
    public void first(INDArray drive, INDArray code, INDArray kept) {
        ElementLoops.runRows(
                1,
                (a, n) -> {
                    System.arraycopy(a[1], 0, a[0], 0, n);
                    shrinkage.shrink(a[0], (float[]) thresholds, n);
                },
                (a, n) -> {
                    System.arraycopy(a[1], 0, a[0], 0, n);
                    shrinkage.shrink(a[0], (double[]) thresholds, n);
                },
                code,
                drive);
    }

    @Override
    public void next(INDArray code, INDArray drive, INDArray leftOut, INDArray kept) {
        ElementLoops.runRows(
                1,
                (a, n) -> {
                    addOthers(a, 1, n);
                    shrinkage.shrink(a[0], (float[]) thresholds, n);
                },
                (a, n) -> {
                    addOthers(a, 1, n);
                    shrinkage.shrink(a[0], (double[]) thresholds, n);
                },
                nonNull(code, drive, leftOut));
    }

    @Override
    public double[] back(
            INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut, INDArray kept) {
        if (driveGradient == null) {
            mask(delta, code, leftOut);
        } else {
            mask(delta, driveGradient, first, code, leftOut);
        }
        return folded != null ? null : negated(signedSums(delta, code));
    }

    private static double[] negated(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = 0 - values[i];
        }
        return values;
    }

    private static void mask(INDArray delta, INDArray code, INDArray leftOut) {
        ElementLoops.runRows(
                1,
                (a, n) -> {
                    addOthers(a, 2, n);
                    mask(a[0], a[1], n);
                },
                (a, n) -> {
                    addOthers(a, 2, n);
                    mask(a[0], a[1], n);
                },
                nonNull(delta, code, leftOut));
    }

    private static void mask(INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut) {
        ElementLoops.runRows(
                2,
                (a, n) -> {
                    addOthers(a, 3, n);
                    mask(a[0], a[2], n);
                    addOrCopy(a, first, n);
                },
                (a, n) -> {
                    addOthers(a, 3, n);
                    mask(a[0], a[2], n);
                    addOrCopy(a, first, n);
                },
                nonNull(delta, driveGradient, code, leftOut));
    }

    private static void addOrCopy(float[][] a, boolean first, int n) {
        if (first) {
            System.arraycopy(a[0], 0, a[1], 0, n);
        } else {
            add(a[1], a[0], n);
        }
    }

    private static void addOrCopy(double[][] a, boolean first, int n) {
        if (first) {
            System.arraycopy(a[0], 0, a[1], 0, n);
        } else {
            add(a[1], a[0], n);
        }
    }

    /** The arrays that are not null. */
    static INDArray[] nonNull(INDArray... arrays) {
        return Arrays.stream(arrays).filter(Objects::nonNull).toArray(INDArray[]::new);
    }

    /** Adds arrays to the first one; null for none. */
    static void add(INDArray... arrays) {
        ElementLoops.runRows(1, (a, n) -> addOthers(a, 1, n), (a, n) -> addOthers(a, 1, n), nonNull(arrays));
    }

    /** The sums over the rows. */
    static double[] sums(INDArray matrix) {
        return ElementSums.columns((a, sums, n) -> add(sums, a[0], n), (a, sums, n) -> add(sums, a[0], n), matrix);
    }

    /** The sums over the rows of the products of elements at the same position. */
    static double[] sumsOfProducts(INDArray x, INDArray y) {
        return ElementSums.columns(
                (a, sums, n) -> addProducts(sums, a[0], a[1], n),
                (a, sums, n) -> addProducts(sums, a[0], a[1], n),
                x,
                y);
    }

    /** The sums over the rows of the deltas times the signs of the codes. */
    static double[] signedSums(INDArray delta, INDArray code) {
        return ElementSums.columns(
                (a, sums, n) -> addSigned(sums, a[0], a[1], n),
                (a, sums, n) -> addSigned(sums, a[0], a[1], n),
                delta,
                code);
    }

    private static void addProducts(float[] sums, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * y[i];
        }
    }

    private static void addProducts(double[] sums, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += x[i] * y[i];
        }
    }

    private static void addSigned(float[] sums, float[] delta, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += delta[i] * Signs.of(code[i]);
        }
    }

    private static void addSigned(double[] sums, double[] delta, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += delta[i] * Signs.of(code[i]);
        }
    }

    /** Adds the arrays from an index on to the first. */
    private static void addOthers(float[][] a, int from, int n) {
        for (int other = from; other < a.length; other++) {
            add(a[0], a[other], n);
        }
    }

    private static void addOthers(double[][] a, int from, int n) {
        for (int other = from; other < a.length; other++) {
            add(a[0], a[other], n);
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

    private static void mask(float[] delta, float[] code, int n) {
        for (int i = 0; i < n; i++) {
            delta[i] *= Signs.ofMagnitude(code[i]);
        }
    }

    private static void mask(double[] delta, double[] code, int n) {
        for (int i = 0; i < n; i++) {
            delta[i] *= Signs.ofMagnitude(code[i]);
        }
    }
}
