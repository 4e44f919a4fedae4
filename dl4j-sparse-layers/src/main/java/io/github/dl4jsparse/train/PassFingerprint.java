package io.github.dl4jsparse.train;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A checksum of a pass over data that does not depend on the order of the examples and their division into batches.
 * <p>\[ f = \sum_n h(x_n) \bmod 2^{64} \]
 * where h mixes the checksum of all features of an example.
 */
final class PassFingerprint {
    private final CRC32 checksum = new CRC32();
    private long sum;

    /** @param features of a batch, one array an input. Not modified. */
    void add(INDArray[] features) {
        int examples = Math.toIntExact(features[0].size(0));
        FeatureBytes[] bytes = Arrays.stream(features).map(FeatureBytes::new).toArray(FeatureBytes[]::new);
        for (int i = 0; i < examples; i++) {
            checksum.reset();
            for (int k = 0; k < bytes.length; k++) {
                long length = features[k].length() / examples;
                bytes[k].addTo(checksum, i * length, length);
            }
            // a sum, so that equal examples, such as blank ones, do not cancel
            sum += mix(checksum.getValue() + 1);
        }
    }

    long value() {
        return sum;
    }

    private static long mix(long value) {
        long mixed = value * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
