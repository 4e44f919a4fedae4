package io.github.dl4jsparse.internal.nn;

import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's masks with one value per example, 0 for those that are left out. */
public final class ExampleMask {
    private ExampleMask() {}

    /**
     * Multiplies all elements of each example by its mask.
     *
     * @param mask  one value per example, in any shape; null for none. Not modified.
     * @param batch number of examples
     * @param array with the elements of an example consecutive, in c order. Modified in place.
     * @param layer its name, index and type, for the error
     * @throws DL4JInvalidInputException if the mask is of another length
     */
    public static void apply(INDArray mask, long batch, INDArray array, String layer) {
        INDArray column = column(mask, batch, array.dataType(), layer);
        if (column != null) {
            array.reshape('c', batch, array.length() / batch).muliColumnVector(column);
        }
    }

    /**
     * A mask as a column.
     *
     * @param mask  one value per example, in any shape; null for none. Not modified.
     * @param batch number of examples
     * @param layer its name, index and type, for the error
     * @return {@code [batch, 1]}, or null for none
     * @throws DL4JInvalidInputException if the mask is of another length
     */
    public static INDArray column(INDArray mask, long batch, DataType type, String layer) {
        if (mask == null) {
            return null;
        }
        requireLength(mask, batch, layer);
        return mask.castTo(type).reshape(batch, 1);
    }

    private static void requireLength(INDArray mask, long batch, String layer) {
        if (mask.length() != batch) {
            throw new DL4JInvalidInputException("mask must have one value per example, for a batch of " + batch
                    + ", got " + Arrays.toString(mask.shape()) + " " + layer);
        }
    }

    /**
     * Multiplies the rows of each example, or of each of its time steps, by its mask.
     *
     * @param mask  one value per example, or one per row as in masks of sequences {@code [batch, time]}; null for none.
     *      Not modified.
     * @param batch number of examples
     * @param rows  the rows of an example one after the other. Modified in place.
     * @param layer its name, index and type, for the error
     * @throws DL4JInvalidInputException if the mask is of another length
     */
    public static void applyToRows(INDArray mask, long batch, INDArray rows, String layer) {
        if (mask == null || mask.length() == batch) {
            apply(mask, batch, rows, layer);
            return;
        }
        if (mask.length() != rows.size(0)) {
            throw new DL4JInvalidInputException(
                    "mask must have one value per example, or one per time step, for a batch of "
                            + batch + " with " + rows.size(0) / batch + " steps each, got "
                            + Arrays.toString(mask.shape()) + " "
                            + layer);
        }
        rows.muliColumnVector(mask.castTo(rows.dataType()).dup('c').reshape('c', rows.size(0), 1));
    }
}
