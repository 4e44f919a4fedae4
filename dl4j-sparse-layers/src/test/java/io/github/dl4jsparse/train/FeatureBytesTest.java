package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeatureBytesTest {
    private static long checksum(INDArray features, long first, long elements) {
        CRC32 sum = new CRC32();
        new FeatureBytes(features).addTo(sum, first, elements);
        return sum.getValue();
    }

    private static long checksumOf(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    @Test
    void elementsAreTakenInTheOrderOfRows() {
        INDArray rows = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
        assertEquals(checksumOf(1, 2, 3, 4, 5, 6), checksum(rows, 0, 6));
        assertEquals(checksumOf(4, 5), checksum(rows, 3, 2));
        // a view of another order
        assertEquals(checksumOf(1, 4, 2, 5, 3, 6), checksum(rows.transpose(), 0, 6));
    }

    @Test
    void otherTypesHaveTheirOwnWidth() {
        INDArray integers = Nd4j.createFromArray(1, 2, 3).castTo(DataType.INT64);
        assertEquals(checksum(integers, 1, 1), checksum(Nd4j.createFromArray(2L), 0, 1));
    }
}
