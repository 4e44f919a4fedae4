package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A check of a decoder that claims to map all examples by the same matrix: maps the last example of a batch with its
 * batch and alone.
 * <p>\[ \lVert (D^{\top} x)_B - D^{\top} x_B \rVert_2 \le \tau \sqrt{L} \, \lVert x_B \rVert_2 \]
 * where L is the largest eigenvalue of {@code D'D} and tau is far above rounding.
 *
 * @param difference the left side, in units of the norm of x
 * @param tolerance  tau
 * @param decoder    the name of the decoder
 * @param failure    the error of mapping an example alone; null without one
 */
record BatchCheck(double difference, double tolerance, String decoder, RuntimeException failure) {
    /** Without a check. */
    static final BatchCheck NONE = new BatchCheck(0, 0, "", null);

    /**
     * Maps the last example alone.
     *
     * @param linear {@code D' x} of the batch, {@code [batch, nCode]}. Not modified.
     */
    static BatchCheck of(LinearOperator decoder, INDArray input, INDArray linear) {
        long batch = input.size(0);
        if (batch < 2 || decoder.dependsOnBatch()) {
            return NONE;
        }
        String name = decoder.getClass().getSimpleName();
        INDArray last = Rows.of(Energy.rows(input).dup('c'), batch - 1, 1).dup('c');
        double size = Norms.of(last);
        if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
            return NONE;
        }
        try {
            long[] one = input.shape().clone();
            one[0] = 1;
            INDArray alone = Nd4j.createUninitialized(input.dataType(), decoder.inputShape(one), 'c');
            decoder.adjoint(last.reshape('c', one), alone, 0);
            INDArray difference =
                    Energy.rows(alone).sub(Rows.of(linear, batch - 1, 1).dup('c'));
            double tolerance = input.dataType() == DataType.DOUBLE ? 1e-8 : 1e-4;
            return new BatchCheck(Norms.of(difference) / size, tolerance, name, null);
        } catch (RuntimeException e) {
            return new BatchCheck(0, 0, name + " for inputs " + Arrays.toString(input.shape()), e);
        }
    }

    /**
     * Requires a decoder to take a part of a batch.
     *
     * @param inputs shape of the part
     * @throws IllegalArgumentException if it takes whole batches only
     */
    static void requirePart(LinearOperator decoder, long... inputs) {
        try {
            decoder.inputShape(inputs);
        } catch (RuntimeException e) {
            String name = decoder.getClass().getSimpleName() + " for inputs " + Arrays.toString(inputs);
            throw new BatchCheck(0, 0, name, e).refused(e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the decoder does not map an example alone */
    void requireApplicable() {
        if (failure != null) {
            throw refused(failure.getMessage(), failure);
        }
    }

    /**
     * Requires the two results to be equal up to rounding.
     *
     * @param largest L
     * @throws IllegalArgumentException if they differ
     */
    void requireAlike(double largest) {
        if (difference > tolerance * Math.sqrt(largest)) {
            throw refused("another result for the last example alone than with its batch", null);
        }
    }

    private IllegalArgumentException refused(String what, RuntimeException cause) {
        return new IllegalArgumentException(
                "decoder must map all examples alike, or override dependsOnBatch() to say that it does not"
                        + " (MaskedOperator does), got " + decoder + ": " + what,
                cause);
    }
}
