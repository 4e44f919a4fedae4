package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.HostMemory;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Vectorised loops in single precision, for training. */
final class FloatLoops implements VectorLoops<float[]> {
    private static final PlainBuffers<float[]> BUFFERS = new PlainBuffers<>(float[]::new, buffer -> buffer.length);

    @Override
    public DataType type() {
        return DataType.FLOAT;
    }

    @Override
    public PlainBuffers<float[]> buffers() {
        return BUFFERS;
    }

    @Override
    public float[][] rows(int count, int length) {
        return new float[count][length];
    }

    @Override
    public boolean isRows(Object rows) {
        return rows instanceof float[][];
    }

    @Override
    public float[] read(INDArray array) {
        return (float[]) HostArrays.plain(array.castTo(DataType.FLOAT));
    }

    @Override
    public Memory<float[]> memory(INDArray array) {
        return new Native(new HostMemory(array));
    }

    private record Native(HostMemory numbers) implements Memory<float[]> {
        @Override
        public void put(int to, float[] from, int f, int n) {
            numbers.put(to, from, f, n);
        }

        @Override
        public void get(int from, float[] to, int t, int n) {
            numbers.get(from, to, t, n);
        }
    }

    @Override
    public void copy(float[] from, int f, int fromStep, float[] to, int t, int toStep, int n) {
        if (fromStep == 1 && toStep == 1) {
            System.arraycopy(from, f, to, t, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[t + i * toStep] = from[f + i * fromStep];
        }
    }

    @Override
    public void add(float[] from, int f, int fromStep, float[] to, int t, int toStep, int n) {
        for (int i = 0; i < n; i++) {
            to[t + i * toStep] += from[f + i * fromStep];
        }
    }

    @Override
    public void addRow(float[] row, float[] other, int from, int to) {
        for (int i = from; i < to; i++) {
            row[i] += other[i];
        }
    }

    @Override
    public void clear(float[] row, int from, int to) {
        Arrays.fill(row, from, to, 0);
    }

    @Override
    public void addProducts(float[] target, float[][] a, int p, float[][] b, int q, int n, int from, int to) {
        int k = 0;
        for (; k + 2 <= n; k += 2) {
            addTwo(target, a[p + k], b[q + k], a[p + k + 1], b[q + k + 1], from, to);
        }
        if (k < n) {
            addOne(target, a[p + k], b[q + k], from, to);
        }
    }

    /** Adds two products per read and write of the target; four would need more registers than there are. */
    private static void addTwo(float[] target, float[] a, float[] b, float[] c, float[] d, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += a[i] * b[i] + c[i] * d[i];
        }
    }

    private static void addOne(float[] target, float[] a, float[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += a[i] * b[i];
        }
    }
}
