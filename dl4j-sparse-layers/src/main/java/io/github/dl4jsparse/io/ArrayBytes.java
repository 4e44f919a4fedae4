package io.github.dl4jsparse.io;

import io.github.dl4jsparse.check.Args;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One row of numbers as the bytes that ND4J writes, read without trust in what they say of themselves.
 * <p>{@code Nd4j.read} takes length, strides and offset from the bytes: it allocates whatever they ask for, and gives arrays
 * that reach beyond their memory. Here the bytes must hold as many numbers as they announce, and only those are taken.
 * <p>Shapes: {@code [1, n]}, of a floating point type.
 */
public final class ArrayBytes {
    /** Bytes before the numbers are fewer. */
    static final long LONGEST_HEADER = 1024;

    private static final int MOST_SHAPE_NUMBERS = 2 * 32 + 4;

    private ArrayBytes() {}

    /**
     * The bytes of a row.
     *
     * @param row {@code [1, n]} or {@code [n]} of a floating point type. Not modified.
     */
    public static byte[] of(INDArray row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(Args.given("row", row), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The row that bytes hold.
     *
     * @param bytes from {@link #of}, or of a file that ND4J wrote. Not modified.
     * @return {@code [1, n]}
     * @throws IOException if they hold no such row, more or less; the message says what they hold
     */
    public static INDArray read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(Args.given("bytes", bytes)), bytes.length);
    }

    /** @param size bytes that the stream holds */
    static INDArray read(InputStream bytes, long size) throws IOException {
        Counted counted = new Counted(new BufferedInputStream(bytes, 1 << 16));
        DataInputStream in = new DataInputStream(counted);
        long shapeNumbers = header(in, DataType.INT64);
        if (shapeNumbers > MOST_SHAPE_NUMBERS) {
            throw refusal("a shape of at most " + MOST_SHAPE_NUMBERS + " numbers", shapeNumbers);
        }
        long rank = in.readLong();
        long length = 1;
        for (long i = 1; i < shapeNumbers; i++) {
            long number = in.readLong();
            if (i <= rank) {
                length = number < 0 || number > 1 && length > 1 ? -1 : length * number;
            }
            if (length < 0 || rank < 1 || rank > 2) {
                throw refusal("one row of numbers", "rank " + rank + " with a size of " + number);
            }
        }
        DataType[] type = new DataType[1];
        long announced = header(in, type);
        if (announced != length || size - counted.count != length * type[0].width()) {
            throw refusal(
                    length + " numbers of " + type[0].width() + " bytes",
                    announced + " in " + (size - counted.count) + " bytes");
        }
        if (length == 0) {
            return Nd4j.empty(type[0]);
        }
        INDArray row = Nd4j.createUninitializedDetached(type[0], 1, length);
        row.data().read(in, DataBuffer.AllocationMode.MIXED_DATA_TYPES, length, type[0]);
        return row;
    }

    private static long header(DataInputStream in, DataType wanted) throws IOException {
        DataType[] type = new DataType[1];
        long length = header(in, type);
        if (type[0] != wanted) {
            throw refusal("a shape of type " + wanted, type[0]);
        }
        return length;
    }

    private static long header(DataInputStream in, DataType[] type) throws IOException {
        String mode = in.readUTF();
        if (!mode.equals(DataBuffer.AllocationMode.MIXED_DATA_TYPES.name()) && !mode.equals("LONG_SHAPE")) {
            throw refusal("numbers as ND4J 1.0.0 writes them", "\"" + mode + "\"");
        }
        long length = in.readLong();
        String name = in.readUTF();
        type[0] = switch (name) {
            case "FLOAT" -> DataType.FLOAT;
            case "DOUBLE" -> DataType.DOUBLE;
            case "HALF" -> DataType.FLOAT16;
            case "BFLOAT16" -> DataType.BFLOAT16;
            case "LONG" -> DataType.INT64;
            default -> throw refusal("numbers of a floating point type", "\"" + name + "\"");
        };
        return length;
    }

    private static IOException refusal(String rule, Object got) {
        return new IOException("an array must be " + rule + ", got " + got);
    }

    /** Counts the bytes that were read. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long count;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
