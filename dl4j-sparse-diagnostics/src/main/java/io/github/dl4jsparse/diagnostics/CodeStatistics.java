package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sparsity of a set of codes: how often each unit is active, how many are active in a code, and which are never active.
 * <p>\[ f_i = \tfrac1n \#\{ j : z_{ji} \neq 0 \}, \qquad \mathrm{mean\ active\ units} = \sum_i f_i, \qquad
 * \mathrm{dead\ units} = \#\{ i : f_i = 0 \} \]
 * where j runs over the n samples and i over the units. Zero means exactly zero, as shrinkage produces it.
 * <p>Shapes: {@code codes: [n, nCode]}.
 */
public final class CodeStatistics {
    private final double[] frequencies;

    private CodeStatistics(double[] frequencies) {
        this.frequencies = frequencies;
    }

    /**
     * Counts the active units of each sample.
     *
     * @param codes {@code [n, nCode]}. Not modified.
     * @throws IllegalArgumentException if the codes are no matrix or there are none
     */
    public static CodeStatistics of(INDArray codes) {
        if (Args.given("codes", codes).rank() != 2 || codes.isEmpty()) {
            throw Args.failure("codes", "a matrix [n, nCode] with n > 0", Arrays.toString(codes.shape()));
        }
        INDArray active = codes.neq(0).castTo(DataType.DOUBLE);
        return new CodeStatistics(active.mean(0).toDoubleVector());
    }

    /** Number of units that are not zero in a sample, on average. */
    public double meanActiveUnits() {
        return Arrays.stream(frequencies).sum();
    }

    /** Number of units that are zero in every sample. */
    public int deadUnits() {
        return (int) Arrays.stream(frequencies).filter(f -> f == 0).count();
    }

    /** Share of the samples in which a unit is active, from 0 to 1. */
    public double frequency(int unit) {
        return frequencies[unit];
    }

    /** The share of the samples in which each unit is active; a new array. */
    public double[] frequencies() {
        return frequencies.clone();
    }
}
