package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.nn.ChannelOrder;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch of codes as a Java array, with or without maps.
 *
 * @param values example by example, position by position, row by row, the units side by side
 */
record CodeValues(double[] values, int batch, int height, int width, int units) {
    /**
     * Copies codes.
     *
     * @param codes  {@code [batch, units]}, or maps in the given order of axes. Not modified.
     * @param format of maps
     * @throws IllegalArgumentException if the codes have another rank, are empty, or hold NaN or infinity
     */
    static CodeValues of(INDArray codes, CNN2DFormat format) {
        Args.given("format", format);
        int rank = Args.given("codes", codes).rank();
        if (rank != 2 && rank != 4 || codes.isEmpty()) {
            throw Args.failure(
                    "codes", "[batch, units] or maps [batch, units, height, width]", Arrays.toString(codes.shape()));
        }
        INDArray unitsLast = rank == 4 ? ChannelOrder.lastInLayer(format).toLayer(codes) : codes;
        double[] values = HostArrays.doubles(unitsLast);
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw Args.failure("codes", "finite", value);
            }
        }
        int height = rank == 4 ? (int) unitsLast.size(1) : 1;
        int width = rank == 4 ? (int) unitsLast.size(2) : 1;
        return new CodeValues(values, (int) codes.size(0), height, width, (int) unitsLast.size(rank - 1));
    }

    /**
     * The strongest response of a unit over the positions of an example; of equal ones the first.
     *
     * @param first the number of the first example of the batch
     */
    UnitResponse strongest(int example, int unit, long first) {
        int best = 0;
        for (int place = 1; place < height * width; place++) {
            if (Math.abs(value(example, place, unit)) > Math.abs(value(example, best, unit))) {
                best = place;
            }
        }
        return new UnitResponse(first + example, unit, best / width, best % width, value(example, best, unit));
    }

    /** A unit for an example at a position, which is counted row by row. */
    double value(int example, int place, int unit) {
        return values[(example * height * width + place) * units + unit];
    }
}
