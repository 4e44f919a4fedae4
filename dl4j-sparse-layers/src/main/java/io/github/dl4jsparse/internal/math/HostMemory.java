package io.github.dl4jsparse.internal.math;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Direct access to the memory of a dense array, for bulk copies to and from Java arrays by several threads at once.
 * <p>Double precision numbers of a single precision array are converted on the way.
 */
public final class HostMemory {
    /**
     * The array itself: ND4J frees its memory once nothing refers to it, and the buffers do not. Every access ends with a fence, as the
     * last one may be compiled to run after the last use of this object.
     */
    private final INDArray array;

    private final FloatBuffer single;
    private final DoubleBuffer exact;
    private final int first;
    private final int length;

    /**
     * @param dense FLOAT or DOUBLE, in c order without gaps
     */
    public HostMemory(INDArray dense) {
        array = dense;
        length = Math.toIntExact(dense.length());
        boolean isSingle = dense.dataType() == DataType.FLOAT;
        single = isSingle ? dense.data().asNioFloat() : null;
        exact = isSingle ? null : dense.data().asNioDouble();
        // a view begins at an offset in its buffer
        first = isSingle ? single.position() : exact.position();
        if (!Nd4j.getEnvironment().isCPU()) {
            // a GPU backend has just copied the elements to the host; what is written here has to be copied back
            Nd4j.getAffinityManager().tagLocation(dense, AffinityManager.Location.HOST);
        }
    }

    /** The number of elements. */
    public int length() {
        return length;
    }

    /** Whether the elements are of single precision. */
    public boolean isSingle() {
        return single != null;
    }

    /** Reads one element. */
    public double get(int index) {
        double value = single == null ? exact.get(first + index) : single.get(first + index);
        Reference.reachabilityFence(array);
        return value;
    }

    /** Reads elements of single precision. */
    public void get(int from, float[] to, int t, int n) {
        single.get(first + from, to, t, n);
        Reference.reachabilityFence(array);
    }

    /** Writes elements of single precision. */
    public void put(int to, float[] from, int f, int n) {
        single.put(first + to, from, f, n);
        Reference.reachabilityFence(array);
    }

    /** Copies elements of an array of the same type. */
    void put(int to, HostMemory from, int f, int n) {
        if (single == null) {
            exact.put(first + to, from.exact, from.first + f, n);
        } else {
            single.put(first + to, from.single, from.first + f, n);
        }
        Reference.reachabilityFence(array);
        Reference.reachabilityFence(from.array);
    }

    /** Reads elements of double precision. */
    public void get(int from, double[] to, int t, int n) {
        exact.get(first + from, to, t, n);
        Reference.reachabilityFence(array);
    }

    /** Writes elements of double precision. */
    public void put(int to, double[] from, int f, int n) {
        exact.put(first + to, from, f, n);
        Reference.reachabilityFence(array);
    }

    /** Reads elements; {@code buffer} has their length, and is used for single precision only. */
    void get(int from, double[] to, int t, int n, float[] buffer) {
        if (single == null) {
            get(from, to, t, n);
            return;
        }
        get(from, buffer, 0, n);
        for (int i = 0; i < n; i++) {
            to[t + i] = buffer[i];
        }
    }

    /** Writes elements; {@code buffer} is as in {@link #get(int, double[], int, int, float[])}. */
    void put(int to, double[] from, int f, int n, float[] buffer) {
        if (single == null) {
            put(to, from, f, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            buffer[i] = (float) from[f + i];
        }
        put(to, buffer, 0, n);
    }
}
