package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Examples as a Java array.
 *
 * @param shape  of one example: features; channels and time; or channels, height and width. Not modified.
 * @param values {@code [examples * elements of one]}; shared
 */
record AnomalyExamples(long[] shape, float[] values) {
    /**
     * Copies an array.
     *
     * @param name what messages call it
     * @throws IllegalArgumentException if it is of another rank, empty or not finite
     */
    static AnomalyExamples of(String name, INDArray array) {
        if (array.rank() < 2 || array.rank() > 4 || array.isEmpty()) {
            throw Args.failure(
                    name,
                    "[examples, features], [examples, channels, time] or [examples, channels, height, width]",
                    Arrays.toString(array.shape()));
        }
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        long size = array.length() / array.size(0);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw Args.failure(name, "finite", values[i] + " at example " + i / size + ", number " + i % size);
            }
        }
        return new AnomalyExamples(Arrays.copyOfRange(array.shape(), 1, array.rank()), values);
    }

    /**
     * Copies examples of a given shape.
     *
     * @throws IllegalArgumentException if they have another, or are not finite
     */
    static AnomalyExamples of(String name, INDArray array, long[] shape) {
        Args.given(name, array);
        if (array.rank() != shape.length + 1
                || !Arrays.equals(Arrays.copyOfRange(array.shape(), 1, array.rank()), shape)) {
            throw Args.failure(
                    name,
                    "of the shape of the good examples, [examples, "
                            + Arrays.toString(shape).substring(1) + "; read them as those were read",
                    Arrays.toString(array.shape()));
        }
        return of(name, array);
    }

    int channels() {
        return shape.length == 1 ? 1 : Math.toIntExact(shape[0]);
    }

    int height() {
        return shape.length == 3 ? Math.toIntExact(shape[1]) : 1;
    }

    int width() {
        return Math.toIntExact(shape[shape.length - 1]);
    }

    int size() {
        return channels() * height() * width();
    }

    int count() {
        return values.length / size();
    }

    /** Some of the examples, a copy. */
    AnomalyExamples select(int[] chosen) {
        float[] some = new float[chosen.length * size()];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * size(), some, i * size(), size());
        }
        return new AnomalyExamples(shape, some);
    }

    /**
     * Squared distance of each example from the medians of the elements; where elements have different units, as the
     * columns of a table, each is divided by its own median absolute deviation.
     */
    double[] distancesFromMedian() {
        int n = count();
        double[] distances = new double[n];
        double[] column = new double[n];
        for (int k = 0; k < size(); k++) {
            for (int i = 0; i < n; i++) {
                column[i] = values[i * size() + k];
            }
            HeldOutScores scale = HeldOutScores.of(column);
            for (int i = 0; i < n; i++) {
                double difference = shape.length == 1 ? scale.standardised(column[i]) : column[i] - scale.median();
                distances[i] += difference * difference;
            }
        }
        return distances;
    }
}
