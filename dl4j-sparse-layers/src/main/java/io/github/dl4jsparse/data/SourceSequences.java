package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Sequences as images of one row: an image for each maximal interval of time without a masked step. */
final class SourceSequences {
    private SourceSequences() {}

    /**
     * The intervals, in the order of the sequences and of time.
     *
     * @param values {@code [sequences, channels, time]}. Not modified.
     * @param mask   {@code [sequences, time]}; null for none. Not modified.
     * @throws IllegalArgumentException if shapes do not fit
     */
    static List<SourceImage> of(String name, INDArray values, INDArray mask) {
        long[] shape =
                Args.given("values of sequences \"" + name + "\"", values).shape();
        if (shape.length != 3) {
            throw Args.failure(
                    "sequences \"" + name + "\"", "[sequences, channels, time] (NCW)", Arrays.toString(shape));
        }
        if (mask != null && !Arrays.equals(mask.shape(), new long[] {shape[0], shape[2]})) {
            throw Args.failure(
                    "mask of sequences \"" + name + "\"",
                    "[" + shape[0] + ", " + shape[2] + "], sequences and time",
                    Arrays.toString(mask.shape()));
        }
        List<SourceImage> stretches = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            int start = 0;
            for (int t = 0; t <= shape[2]; t++) {
                boolean there = t < shape[2] && (mask == null || mask.getDouble(i, t) != 0);
                if (!there) {
                    if (t > start) {
                        stretches.add(stretch(name + " " + i, values, i, start, t));
                    }
                    start = t + 1;
                }
            }
        }
        return stretches;
    }

    private static SourceImage stretch(String name, INDArray values, int sequence, int from, int to) {
        INDArray part = values.get(
                NDArrayIndex.interval(sequence, sequence + 1), NDArrayIndex.all(), NDArrayIndex.interval(from, to));
        boolean whole = from == 0 && to == values.size(2);
        return SourceImage.of(
                whole ? name : name + " from step " + from, part.dup('c').reshape('c', values.size(1), 1, to - from));
    }
}
