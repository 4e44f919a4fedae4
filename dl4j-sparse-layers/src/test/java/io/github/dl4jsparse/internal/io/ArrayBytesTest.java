package io.github.dl4jsparse.internal.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayBytesTest {
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void rowsComeBackToTheLastBit(DataType type) throws IOException {
        for (long length : new long[] {1, 2, 1000}) {
            INDArray row = Samples.gaussian(3, 1, length).castTo(type);
            INDArray read = ArrayBytes.read(ArrayBytes.of(row));
            assertEquals(type, read.dataType());
            assertArrayEquals(new long[] {1, length}, read.shape());
            assertArrayEquals(row.toDoubleVector(), read.toDoubleVector());
        }
    }

    @Test
    void vectorsAndViewsAreRows() throws IOException {
        INDArray matrix = Samples.gaussian(3, 4, 5);
        for (INDArray view : new INDArray[] {matrix.getRow(2), matrix.getColumn(3), matrix.getRow(1, true)}) {
            assertArrayEquals(
                    view.toDoubleVector(), ArrayBytes.read(ArrayBytes.of(view)).toDoubleVector());
        }
    }

    @Test
    void numbersThatAreNoneComeBackToo() throws IOException {
        double[] odd = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        INDArray row = Nd4j.createFromArray(odd).reshape(1, 4);
        assertArrayEquals(odd, ArrayBytes.read(ArrayBytes.of(row)).toDoubleVector());
    }

    private static void assertRefused(byte[] bytes) {
        assertThrows(IOException.class, () -> ArrayBytes.read(bytes));
    }

    @Test
    void bytesOfAnyOtherLengthAreRefused() {
        byte[] whole = ArrayBytes.of(Samples.gaussian(3, 1, 6));
        for (int length = 0; length < whole.length + 9; length++) {
            if (length != whole.length) {
                assertRefused(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void arraysOfAnyShapeAndOrderComeBack() throws IOException {
        for (char order : new char[] {'c', 'f'}) {
            INDArray array = Samples.gaussian(3, 2, 3, 4).dup(order);
            assertEquals(array, ArrayBytes.read(ArrayBytes.of(array)));
            assertEquals(order, ArrayBytes.read(ArrayBytes.of(array)).ordering());
        }
        INDArray matrix = Samples.gaussian(3, 5, 4);
        assertEquals(matrix.transpose(), ArrayBytes.read(ArrayBytes.of(matrix.transpose())));
        assertEquals(Nd4j.scalar(3.0), ArrayBytes.read(ArrayBytes.of(Nd4j.scalar(3.0))));
    }

    @Test
    void oneComesAfterTheOtherInAStream() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        INDArray first = Samples.gaussian(3, 4, 5);
        INDArray second = Samples.gaussian(4, 1, 2);
        all.write(ArrayBytes.of(first));
        all.write(ArrayBytes.of(second));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(all.toByteArray()));
        assertEquals(first, ArrayBytes.read(in));
        ArrayBytes.check(in);
        assertEquals(-1, in.read());
        byte[] cut = Arrays.copyOf(all.toByteArray(), all.size() - 1);
        DataInputStream cutOff = new DataInputStream(new ByteArrayInputStream(cut));
        ArrayBytes.check(cutOff);
        assertThrows(IOException.class, () -> ArrayBytes.read(cutOff));
    }

    private static byte[] array(long[] shapeInfo, String mode, long length, String type, int bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        out.writeUTF("LONG_SHAPE");
        out.writeLong(shapeInfo.length);
        out.writeUTF("LONG");
        for (long number : shapeInfo) {
            out.writeLong(number);
        }
        out.writeUTF(mode);
        out.writeLong(length);
        out.writeUTF(type);
        out.write(new byte[bytes]);
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 3, 1L << 40, Long.MAX_VALUE, Long.MAX_VALUE / 4 + 3})
    void lengthsThatTheBytesDoNotHoldAreRefused(long length) throws IOException {
        assertRefused(
                array(new long[] {2, 1, length, length, 1, FLOATS, 1, 99}, "MIXED_DATA_TYPES", length, "FLOAT", 16));
        assertRefused(array(new long[] {2, 1, 4, 4, 1, FLOATS, 1, 99}, "MIXED_DATA_TYPES", length, "FLOAT", 16));
        assertRefused(array(new long[] {2, length, 4, 4, 1, FLOATS, 1, 99}, "MIXED_DATA_TYPES", 4, "FLOAT", 16));
    }

    private static final long FLOATS = typeOf(DataType.FLOAT);

    private static long typeOf(DataType type) {
        long[] info = Nd4j.create(type, 1, 4).shapeInfoDataBuffer().asLong();
        return info[info.length - 3];
    }

    @Test
    void stridesAndTypesThatReachBeyondTheNumbersAreRefused() throws IOException {
        long[] right = {2, 1, 4, 4, 1, FLOATS, 1, 99};
        assertArrayEquals(
                new float[4],
                ArrayBytes.read(array(right, "MIXED_DATA_TYPES", 4, "FLOAT", 16))
                        .toFloatVector());
        for (long[] change :
                new long[][] {{4, 1L << 30}, {4, -1}, {4, 2}, {6, 1L << 30}, {6, -1}, {0, 3}, {0, -1}, {5, 0}}) {
            long[] wrong = right.clone();
            wrong[(int) change[0]] = change[1];
            assertRefused(array(wrong, "MIXED_DATA_TYPES", 4, "FLOAT", 16));
        }
        long[] doubles = right.clone();
        doubles[5] = typeOf(DataType.DOUBLE);
        assertRefused(array(doubles, "MIXED_DATA_TYPES", 4, "FLOAT", 16));
    }

    @Test
    void otherArraysAreRefused() throws IOException {
        long[] shape = {2, 1, 4, 4, 1, FLOATS, 1, 99};
        assertRefused(array(shape, "HEAP", 4, "FLOAT", 16));
        assertRefused(array(shape, "MIXED_DATA_TYPES", 4, "COMPRESSED", 16));
        assertRefused(array(shape, "MIXED_DATA_TYPES", 4, "UTF8", 16));
        assertRefused(array(shape, "MIXED_DATA_TYPES", 4, "LONG", 32));
        assertRefused(array(new long[100], "MIXED_DATA_TYPES", 4, "FLOAT", 16));
        assertRefused(array(new long[3], "MIXED_DATA_TYPES", 4, "FLOAT", 16));
        String message = assertThrows(
                        IOException.class, () -> ArrayBytes.read(array(shape, "MIXED_DATA_TYPES", 5, "FLOAT", 20)))
                .getMessage();
        assertEquals("an array must be of numbers of a floating point type, [1, 4], got 5 of type FLOAT", message);
        String cut = assertThrows(
                        IOException.class, () -> ArrayBytes.read(array(shape, "MIXED_DATA_TYPES", 4, "FLOAT", 15)))
                .getMessage();
        assertEquals("an array must be 4 numbers of 4 bytes, got 15 bytes", cut);
    }
}
