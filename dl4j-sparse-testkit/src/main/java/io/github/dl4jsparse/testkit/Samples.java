package io.github.dl4jsparse.testkit;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays for tests, each from a seed of its own, so that they do not depend on earlier tests. */
public final class Samples {
    private Samples() {}

    /** Standard normal values in c order, in double precision. */
    public static INDArray gaussian(long seed, long... shape) {
        return gaussian(DataType.DOUBLE, seed, shape);
    }

    /** Standard normal values in c order. */
    public static INDArray gaussian(DataType type, long seed, long... shape) {
        Random random = new Random(seed);
        INDArray array = Nd4j.create(DataType.DOUBLE, shape, 'c');
        double[] values = new double[(int) array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Nd4j.create(values, shape, 'c').castTo(type);
    }

    /** Labels {@code [rows, classes]} in double precision: row i belongs to class i modulo the number of classes. */
    public static INDArray oneHot(int rows, int classes) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, rows, classes);
        for (int i = 0; i < rows; i++) {
            labels.putScalar(i, i % classes, 1);
        }
        return labels;
    }

    /** The greatest absolute difference of two arrays of one shape; NaN if either holds one. */
    public static double distance(INDArray a, INDArray b) {
        double[] left = a.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double[] right = b.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        if (left.length != right.length) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < left.length; i++) {
            double difference = Math.abs(left[i] - right[i]);
            worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
            if (Double.isNaN(worst)) {
                return worst;
            }
        }
        return worst;
    }

    /** The sum of the products of all elements, in double precision. */
    public static double dot(INDArray a, INDArray b) {
        return a.castTo(DataType.DOUBLE)
                .mul(b.castTo(DataType.DOUBLE))
                .sumNumber()
                .doubleValue();
    }

    /** The rows of a matrix as plain numbers, for oracles. */
    public static double[][] rows(INDArray matrix) {
        return matrix.castTo(DataType.DOUBLE).toDoubleMatrix();
    }
}
