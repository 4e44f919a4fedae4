package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.OwnJvm;
import java.io.IOException;
import java.util.List;
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

    /**
     * Memory of a temporary array is not freed while it is read, however often the collector runs. A virtual machine of its own reads,
     * as one that reads freed memory may end by a signal.
     */
    @Test
    void aTemporaryArrayLivesUntilItIsRead() throws IOException, InterruptedException {
        assertEquals(List.of("right"), OwnJvm.run(Reading.class, List.of("-Xmx64m", "-XX:+UseSerialGC")));
    }

    /** What the other virtual machine runs. */
    static final class Reading {
        private static final int ROWS = 4000;
        private static final int COLUMNS = 500;

        private Reading() {}

        /** Reads copies that nothing else refers to, while another thread collects garbage. */
        public static void main(String[] arguments) {
            Thread collector = new Thread(() -> {
                while (true) {
                    System.gc();
                }
            });
            collector.setDaemon(true);
            collector.start();
            INDArray matrix = Nd4j.ones(DataType.FLOAT, COLUMNS, ROWS);
            boolean right = true;
            for (int round = 0; round < 40; round++) {
                for (double norm : Norms.rows(matrix.transpose())) {
                    right &= norm == Math.sqrt(COLUMNS);
                }
            }
            System.out.println(OwnJvm.MARK + (right ? "right" : "wrong"));
        }
    }
}
