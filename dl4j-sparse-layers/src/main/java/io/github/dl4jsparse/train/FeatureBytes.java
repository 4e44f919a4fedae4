package io.github.dl4jsparse.train;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The bytes of an array of any type in c order, for checksums. */
final class FeatureBytes {
    /** The owner of the memory: ND4J frees it once nothing refers to the array, and the bytes do not. */
    private final INDArray copy;

    private final ByteBuffer bytes;

    /** @param features Not modified. */
    FeatureBytes(INDArray features) {
        copy = features.dup('c');
        bytes = copy.data().asNio();
    }

    /** Adds the bytes of some elements to a checksum. */
    void addTo(CRC32 sum, long firstElement, long elements) {
        int width = copy.dataType().width();
        sum.update(bytes.slice(Math.toIntExact(firstElement * width), Math.toIntExact(elements * width)));
        Reference.reachabilityFence(copy);
    }
}
