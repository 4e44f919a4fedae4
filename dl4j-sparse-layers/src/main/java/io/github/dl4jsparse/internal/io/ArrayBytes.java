package io.github.dl4jsparse.internal.io;

import io.github.dl4jsparse.internal.check.Args;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;
import org.nd4j.linalg.exception.ND4JUnknownDataTypeException;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads and writes arrays as the bytes of ND4J, with checks of lengths and strides when reading.
 * <p>{@code Nd4j.read} takes length, type and strides from the bytes without checks: it allocates memory of any
 * announced size, and may return arrays that reach beyond their memory. This class requires as many elements as
 * announced, in c or f order.
 * <p>Shapes: any, of a floating point type.
 */
public final class ArrayBytes {
    /** An upper bound of the number of bytes before the elements. */
    public static final long LONGEST_HEADER = 1024;

    private static final int MOST_AXES = 32;

    private ArrayBytes() {}

    /**
     * The bytes of an array.
     *
     * @param array of a floating point type. Not modified.
     */
    public static byte[] of(INDArray array) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Nd4j.write(Args.given("array", array), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The array that bytes hold.
     *
     * @param bytes from {@link #of}, or of a file that ND4J wrote. Not modified.
     * @throws IOException if they are not exactly one array; the message says what they are
     */
    public static INDArray read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(Args.given("bytes", bytes)), bytes.length);
    }

    /**
     * The array in a stream.
     *
     * @param size bytes that the stream holds
     * @throws IOException if they are not exactly one array; the message says what they are
     */
    public static INDArray read(InputStream bytes, long size) throws IOException {
        Counted counted = new Counted(new BufferedInputStream(bytes, 1 << 16));
        DataInputStream in = new DataInputStream(counted);
        Form form = Form.read(in);
        if (form.bytes() != size - counted.count) {
            throw refusal(
                    form.length() + " numbers of " + form.type.width() + " bytes", (size - counted.count) + " bytes");
        }
        return form.fill(in);
    }

    /**
     * The next array in a stream.
     *
     * @throws IOException if there is none, or the stream ends before it; the message says what there is
     */
    public static INDArray read(DataInputStream in) throws IOException {
        Form form = Form.read(Args.given("in", in));
        if (form.bytes() > Integer.MAX_VALUE - 8) {
            throw refusal("at most 2 GiB where it stands among others", form.bytes() + " bytes");
        }
        // grows with the bytes that were read, not with the announced length
        byte[] numbers = in.readNBytes((int) form.bytes());
        if (numbers.length < form.bytes()) {
            throw new EOFException("an array of " + form.bytes() + " bytes ends after " + numbers.length);
        }
        return form.fill(new DataInputStream(new ByteArrayInputStream(numbers)));
    }

    /**
     * Checks the next array, so that {@code Nd4j.read} can read it safely.
     *
     * @throws IOException if there is none, or the stream ends before it
     */
    public static void check(DataInputStream in) throws IOException {
        in.skipNBytes(Form.read(in).bytes());
    }

    private static IOException refusal(String rule, Object got) {
        return new IOException("an array must be " + rule + ", got " + got);
    }

    /** The header of an array. */
    private record Form(DataType type, long[] shape, char order) {
        static Form read(DataInputStream in) throws IOException {
            Header head = Header.read(in);
            if (head.type != DataType.INT64 || head.length < 4 || head.length > 2 * MOST_AXES + 4) {
                throw refusal("of at most " + MOST_AXES + " axes", head);
            }
            long[] info = new long[(int) head.length];
            for (int i = 0; i < info.length; i++) {
                info[i] = in.readLong();
            }
            int rank = (info.length - 4) / 2;
            if (info[0] != rank || info.length != 2 * rank + 4) {
                throw refusal("of " + rank + " axes, as its description has that length", info[0]);
            }
            Header numbers = Header.read(in);
            long[] shape = Arrays.copyOfRange(info, 1, 1 + rank);
            Form form = new Form(numbers.type, shape, info[info.length - 1] == 'f' ? 'f' : 'c');
            if (numbers.type == DataType.INT64 || form.length() != numbers.length || form.length() < 0) {
                throw refusal("of numbers of a floating point type, " + Arrays.toString(shape), numbers);
            }
            long[] strides = Arrays.copyOfRange(info, 1 + rank, 1 + 2 * rank);
            long stride = info[info.length - 2];
            if (!form.isInOrder(strides) || stride < 0 || stride > 1 || !form.hasType(info)) {
                throw refusal("in c or f order, as ND4J writes " + Arrays.toString(shape), Arrays.toString(info));
            }
            return form;
        }

        /** The number of elements; -1 where it exceeds any memory. */
        long length() {
            long length = 1;
            for (long size : shape) {
                if (size < 0 || size > 0 && length > (Long.MAX_VALUE >> 4) / size) {
                    return -1;
                }
                length *= size;
            }
            return length;
        }

        long bytes() {
            return length() * type.width();
        }

        /** The stride of an axis of length 1 is not checked. */
        private boolean isInOrder(long[] strides) {
            long expected = 1;
            for (int i = 0; i < shape.length; i++) {
                int axis = order == 'f' ? i : shape.length - 1 - i;
                if (shape[axis] != 1 && strides[axis] != expected) {
                    return length() == 0;
                }
                expected *= shape[axis];
            }
            return true;
        }

        private boolean hasType(long[] info) {
            try {
                return ArrayOptionsHelper.dataType(info) == type;
            } catch (ND4JUnknownDataTypeException e) {
                return false;
            }
        }

        INDArray fill(DataInputStream in) throws IOException {
            if (length() == 0) {
                return Nd4j.empty(type);
            }
            INDArray array = Nd4j.createUninitializedDetached(type, order, shape);
            array.data().read(in, DataBuffer.AllocationMode.MIXED_DATA_TYPES, length(), type);
            return array;
        }
    }

    /** The header of a buffer. */
    private record Header(String mode, long length, DataType type) {
        static Header read(DataInputStream in) throws IOException {
            String mode = in.readUTF();
            if (!mode.equals(DataBuffer.AllocationMode.MIXED_DATA_TYPES.name()) && !mode.equals("LONG_SHAPE")) {
                throw refusal("numbers as ND4J 1.0.0 writes them", "\"" + mode + "\"");
            }
            long length = in.readLong();
            String name = in.readUTF();
            return new Header(
                    mode,
                    length,
                    switch (name) {
                        case "FLOAT" -> DataType.FLOAT;
                        case "DOUBLE" -> DataType.DOUBLE;
                        case "HALF" -> DataType.FLOAT16;
                        case "BFLOAT16" -> DataType.BFLOAT16;
                        case "LONG" -> DataType.INT64;
                        default -> throw refusal("numbers of a floating point type", "\"" + name + "\"");
                    });
        }

        @Override
        public String toString() {
            return length + " of type " + type;
        }
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
