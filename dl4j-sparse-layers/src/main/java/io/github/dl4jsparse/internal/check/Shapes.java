package io.github.dl4jsparse.internal.check;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shape checks for arrays, with the same vocabulary of messages as {@link Args}. */
public final class Shapes {
    private Shapes() {}

    /**
     * Requires a matrix with {@code columns} columns and any number of rows.
     *
     * @throws IllegalArgumentException if the rank is not 2 or the width differs
     */
    public static INDArray matrix(String name, INDArray array, long columns) {
        Args.given(name, array);
        if (array.rank() != 2 || array.size(1) != columns) {
            throw Args.failure(name, "a matrix [any, " + columns + "]", Arrays.toString(array.shape()));
        }
        return array;
    }

    /**
     * Requires two arrays of one shape.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static void same(String name, INDArray array, String otherName, INDArray other) {
        if (!Arrays.equals(
                Args.given(name, array).shape(), Args.given(otherName, other).shape())) {
            throw Args.failure(
                    name,
                    "of the shape of " + otherName + " " + Arrays.toString(other.shape()),
                    Arrays.toString(array.shape()));
        }
    }
}
