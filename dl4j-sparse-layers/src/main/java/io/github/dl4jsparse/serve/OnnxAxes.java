package io.github.dl4jsparse.serve;

import java.util.stream.IntStream;

/** Images and sequences with their channels moved between the second axis and the last. */
final class OnnxAxes {
    private OnnxAxes() {}

    /** From the second axis to the last. */
    static OnnxValue channelsLast(OnnxValue x) {
        return x.permuted(IntStream.range(0, x.rank())
                .map(axis -> axis == 0 ? 0 : axis == x.rank() - 1 ? 1 : axis + 1)
                .toArray());
    }

    /** From the last axis to the second. */
    static OnnxValue channelsFirst(OnnxValue x) {
        return x.permuted(IntStream.range(0, x.rank())
                .map(axis -> axis == 0 ? 0 : axis == 1 ? x.rank() - 1 : axis - 1)
                .toArray());
    }
}
