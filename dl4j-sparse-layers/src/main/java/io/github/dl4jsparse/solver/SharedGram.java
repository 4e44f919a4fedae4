package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.operator.DenseOperator;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of the quadratic forms that all blocks of a batch share, computed once: the Gram matrix {@code D'D} of a
 * dense decoder where it is smaller than the two factors, and the largest eigenvalue of {@code D'D}.
 */
final class SharedGram {
    private final DenseOperator decoder;
    private final DataType type;
    private INDArray gram;
    private Double largest;

    /** @param inputShape of any batch */
    SharedGram(Energy energy, DataType type, long... inputShape) {
        this.type = type;
        long units = rowLength(energy.decoder().inputShape(inputShape));
        boolean isSmall = units <= 2 * rowLength(inputShape);
        decoder = energy.decoder() instanceof DenseOperator dense && isSmall ? dense : null;
    }

    private static long rowLength(long[] shape) {
        return Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    }

    /** The Gram matrix, or null where products with the two factors are faster. */
    synchronized INDArray gram() {
        if (gram == null && decoder != null) {
            gram = decoder.gram().castTo(type);
        }
        return gram;
    }

    /** The largest eigenvalue of {@code D'D}, computed at the first call. */
    synchronized double largest(DoubleSupplier computation) {
        if (largest == null) {
            largest = computation.getAsDouble();
        }
        return largest;
    }
}
