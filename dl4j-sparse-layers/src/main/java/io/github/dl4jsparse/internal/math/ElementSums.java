package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of a term for every element of arrays of one shape, computed in parallel over blocks and always added in the
 * same order: the bits do not depend on the number of threads.
 * <p>Partial sums of some dozens of terms are in the precision of the arrays, and are added in double precision.
 * <p>Shapes: any; FLOAT and DOUBLE in their own precision, other types in double precision.
 */
public final class ElementSums {
    private ElementSums() {}

    /** Terms in single precision. */
    @FunctionalInterface
    public interface Singles {
        /**
         * Adds the terms of a chunk to sums: that of element i to {@code sums[i]}. May be called from several threads at once.
         *
         * @param a a chunk of each array, elements 0 to {@code n - 1}
         */
        void add(float[][] a, float[] sums, int n);
    }

    /** The same terms in double precision. */
    @FunctionalInterface
    public interface Doubles {
        /**
         * Adds the terms of a chunk to sums: that of element i to {@code sums[i]}. May be called from several threads at once.
         *
         * @param a a chunk of each array, elements 0 to {@code n - 1}
         */
        void add(double[][] a, double[] sums, int n);
    }

    /**
     * The sum of all terms.
     *
     * @param singles for single precision
     * @param doubles for other types
     * @param arrays  of one shape and of any order. Not modified.
     */
    public static double of(Singles singles, Doubles doubles, INDArray... arrays) {
        if (arrays[0].isEmpty()) {
            return 0;
        }
        double sum = 0;
        for (double[] one : sums(1, singles, doubles, arrays)) {
            sum += one[0];
        }
        return sum;
    }

    /**
     * The sums of every column.
     *
     * @param singles  for single precision
     * @param doubles  for other types
     * @param matrices {@code [rows, columns]} of any order. Not modified.
     */
    public static double[] columns(Singles singles, Doubles doubles, INDArray... matrices) {
        int columns = Math.toIntExact(matrices[0].size(1));
        double[] result = new double[columns];
        for (double[] one : sums(columns, singles, doubles, matrices)) {
            for (int j = 0; j < columns; j++) {
                result[j] += one[j];
            }
        }
        return result;
    }

    /** For every block its sums: one, or one for each column. */
    private static double[][] sums(int width, Singles singles, Doubles doubles, INDArray... arrays) {
        Chunks chunks = new Chunks(width, Chunks.ordered(width > 1, arrays));
        double[][] all = new double[chunks.blocks()][width];
        chunks.forEachBlock(block -> {
            if (chunks.isSingle()) {
                float[] sums = new float[chunks.length()];
                chunks.singles(block, (a, start, n) -> singles.add(a, sums, n));
                gather(sums, all[block]);
            } else {
                double[] sums = new double[chunks.length()];
                chunks.doubles(block, (a, start, n) -> doubles.add(a, sums, n));
                gather(sums, all[block]);
            }
        });
        return all;
    }

    private static void gather(float[] sums, double[] result) {
        if (result.length == 1) {
            result[0] = sum(sums);
            return;
        }
        for (int start = 0; start < sums.length; start += result.length) {
            for (int j = 0; j < result.length; j++) {
                result[j] += sums[start + j];
            }
        }
    }

    private static void gather(double[] sums, double[] result) {
        for (int start = 0; start < sums.length; start += result.length) {
            for (int j = 0; j < result.length; j++) {
                result[j] += sums[start + j];
            }
        }
    }

    /** In four independent sums, which the processor computes in parallel. */
    private static double sum(float[] values) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 4 <= values.length; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < values.length; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }
}
