package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HostMemoryTest {
    private static INDArray counted(DataType type) {
        return Nd4j.arange(12).castTo(type).reshape('c', 4, 3);
    }

    @Test
    void aViewBeginsAtItsOwnFirstElement() {
        HostMemory memory = new HostMemory(Rows.of(counted(DataType.FLOAT), 1, 2));
        float[] read = new float[4];
        memory.get(1, read, 2, 2);
        assertEquals(6, memory.length());
        assertArrayEquals(new float[] {0, 0, 4, 5}, read);
    }

    @Test
    void whatIsWrittenIsInTheArray() {
        INDArray array = counted(DataType.DOUBLE);
        new HostMemory(Rows.of(array, 2, 2)).put(3, new double[] {0, 70, 80}, 1, 2);
        assertEquals(70, array.getDouble(3, 0));
        assertEquals(80, array.getDouble(3, 1));
        assertEquals(11, array.getDouble(3, 2));
    }

    @Test
    void singlePrecisionIsConvertedOnTheWay() {
        INDArray array = counted(DataType.FLOAT);
        HostMemory memory = new HostMemory(array);
        double[] read = new double[2];
        memory.get(4, read, 0, 2, new float[2]);
        assertArrayEquals(new double[] {4, 5}, read);
        memory.put(0, new double[] {0.5, 1.5}, 0, 2, new float[2]);
        assertEquals(0.5, array.getDouble(0, 0));
        assertEquals(1.5, array.getDouble(0, 1));
    }

    @Test
    void arraysOfOneTypeAreCopiedWithoutPlainArrays() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray target = Nd4j.zeros(type, 2, 3);
            new HostMemory(target).put(1, new HostMemory(counted(type)), 7, 3);
            assertArrayEquals(new double[] {0, 7, 8, 9, 0, 0}, target.data().asDouble());
        }
    }
}
