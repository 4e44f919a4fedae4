package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/** Checks of arrays for NaN and infinite values. */
public final class Finite {
    private Finite() {}

    /**
     * Whether all values are finite.
     *
     * @param array of any shape and real type. Not modified.
     */
    public static boolean all(INDArray array) {
        return ElementSums.of(Finite::addZeros, Finite::addZeros, array) == 0;
    }

    /** A finite number times zero is zero, any other gives NaN. */
    private static void addZeros(float[][] a, float[] sums, int n) {
        float[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += 0 * x[i];
        }
    }

    private static void addZeros(double[][] a, double[] sums, int n) {
        double[] x = a[0];
        for (int i = 0; i < n; i++) {
            sums[i] += 0 * x[i];
        }
    }

    /**
     * The number of values that are NaN or infinite.
     *
     * @param array of any shape and real type. Not modified.
     */
    public static long countBad(INDArray array) {
        // DL4J 1.0.0-M2.1 does not find every NaN of half precision
        INDArray wide = array.dataType().width() < DataType.FLOAT.width() ? array.castTo(DataType.FLOAT) : array;
        return Nd4j.getExecutioner()
                .exec(new MatchCondition(wide, Conditions.notFinite()))
                .getLong(0);
    }
}
