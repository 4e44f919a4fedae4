package io.github.dl4jsparse.internal.nn;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sequences as matrices with a row for each time step of each example, for layers that process every step
 * independently.
 * <p>Shapes: sequences {@code [batch, units, time]} (NCW, the default of DL4J) or {@code [batch, time, units]} (NWC); rows
 * {@code [batch * time, units]}, the steps of an example one after the other.
 */
public final class TimeSteps {
    private TimeSteps() {}

    /** The format of an input type; null where it is not one of sequences. */
    public static RNNFormat format(InputType inputType) {
        return inputType instanceof InputType.InputTypeRecurrent sequences ? sequences.getFormat() : null;
    }

    /** The number of units of sequences. */
    public static long units(INDArray sequences, RNNFormat format) {
        return sequences.size(format == RNNFormat.NWC ? 2 : 1);
    }

    /**
     * The rows of sequences.
     *
     * @param sequences not modified
     * @param format    null for NCW
     * @return a new array in c order
     */
    public static INDArray rows(INDArray sequences, RNNFormat format) {
        INDArray unitsLast = format == RNNFormat.NWC ? sequences : sequences.permute(0, 2, 1);
        return unitsLast.dup('c').reshape('c', unitsLast.size(0) * unitsLast.size(1), unitsLast.size(2));
    }

    /**
     * The inverse of {@link #rows}.
     *
     * @param rows   in c order. Shared, not copied.
     * @param format null for NCW
     * @return a view with as many units as the rows have columns
     */
    public static INDArray sequences(INDArray rows, long batch, RNNFormat format) {
        INDArray unitsLast = rows.reshape('c', batch, rows.size(0) / batch, rows.size(1));
        return format == RNNFormat.NWC ? unitsLast : unitsLast.permute(0, 2, 1);
    }
}
