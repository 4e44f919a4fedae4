package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.math.HostArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vectorised loops over Java arrays of one precision, for convolutions and products with local weights.
 * <p>The JVM vectorises only loops whose arrays all have the same index. Therefore operands are separate arrays, and
 * shifted rows are copied first, which costs little.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface VectorLoops<A> {
    /** Single precision for single precision arrays, double precision for others. */
    static VectorLoops<?> of(DataType type) {
        return type == DataType.FLOAT ? new FloatLoops() : new DoubleLoops();
    }

    /** New rows of zeros. */
    A[] rows(int count, int length);

    /** Whether an object is rows of this precision. */
    boolean isRows(Object rows);

    /** The elements of an array in c order: a new row. */
    A read(INDArray array);

    /** The elements of an array in c order, in a buffer of the calling thread's. */
    default A read(INDArray array, PlainBuffers.Use use) {
        A buffer = buffers().of(use, Math.toIntExact(array.length()));
        HostArrays.read(array.castTo(type()), buffer);
        return buffer;
    }

    /** DL4J's name of the precision. */
    DataType type();

    /** Rows that are reused. */
    PlainBuffers<A> buffers();

    /** Direct access to the elements of a dense array. */
    Memory<A> memory(INDArray array);

    /** Elements outside of Java arrays, which are copied in bulk. */
    interface Memory<A> {
        /** Overwrites elements from index {@code to} on. */
        void put(int to, A from, int f, int n);

        /** Reads elements from index {@code from} on. */
        void get(int from, A to, int t, int n);
    }

    /** {@code to[t + i * toStep] = from[f + i * fromStep]}. */
    void copy(A from, int f, int fromStep, A to, int t, int toStep, int n);

    /** {@code to[t + i * toStep] += from[f + i * fromStep]}. */
    void add(A from, int f, int fromStep, A to, int t, int toStep, int n);

    /** {@code row[i] += other[i]} from {@code from} to before {@code to}. */
    void addRow(A row, A other, int from, int to);

    /** {@code row[i] = 0} from {@code from} to before {@code to}. */
    void clear(A row, int from, int to);

    /**
     * Adds the products of rows.
     * <p>\[ t_i \mathrel{+}= \sum_{k=0}^{n-1} a_{p + k, i} \, b_{q + k, i} \]
     *
     * @param a    rows, from index p on
     * @param b    rows, from index q on
     * @param n    number of products
     * @param from first i
     * @param to   after the last i
     */
    void addProducts(A target, A[] a, int p, A[] b, int q, int n, int from, int to);
}
