package io.github.dl4jsparse.train;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
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
        INDArray[] copies = new INDArray[features.length];
        ByteBuffer[] bytes = new ByteBuffer[features.length];
        for (int k = 0; k < bytes.length; k++) {
            copies[k] = features[k].dup('c');
            bytes[k] = copies[k].data().asNio();
        }
        for (int i = 0; i < examples; i++) {
            checksum.reset();
            for (int k = 0; k < bytes.length; k++) {
                int length = Math.toIntExact(
                        features[k].length() / examples * features[k].dataType().width());
                checksum.update(bytes[k].slice(i * length, length));
            }
            // a sum, so that equal examples, such as blank ones, do not cancel
            sum += mix(checksum.getValue() + 1);
        }
        // their memory is freed once nothing refers to them
        Reference.reachabilityFence(copies);
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
