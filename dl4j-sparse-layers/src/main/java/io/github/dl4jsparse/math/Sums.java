package io.github.dl4jsparse.math;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sums along a dimension by the fastest kernel that the backend has for them. */
public final class Sums {
    /** From this number of rows on a product with ones is several times as fast as ND4J's reduction. */
    private static final long MANY = 1 << 10;

    private Sums() {}

    /**
     * The sum of every column.
     *
     * @param matrix {@code [rows, columns]}. Not modified.
     * @param result {@code [1, columns]}. Modified in place.
     */
    public static void columns(INDArray matrix, INDArray result) {
        if (matrix.size(0) < MANY) {
            matrix.sum(result, true, 0);
            return;
        }
        Scratch.run("SUMS", () -> {
            INDArray ones = Nd4j.createUninitialized(matrix.dataType(), 1, matrix.size(0))
                    .assign(1);
            Products.into(ones, false, matrix, false, result, 0);
        });
    }
}
