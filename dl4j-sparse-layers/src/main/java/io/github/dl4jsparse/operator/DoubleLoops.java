package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.HostMemory;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Vectorised loops in double precision, for gradient checks: simpler and slower than those of {@link FloatLoops}. */
final class DoubleLoops implements VectorLoops<double[]> {
    private static final PlainBuffers<double[]> BUFFERS = new PlainBuffers<>(double[]::new, buffer -> buffer.length);

    @Override
    public DataType type() {
        return DataType.DOUBLE;
    }

    @Override
    public PlainBuffers<double[]> buffers() {
        return BUFFERS;
    }

    @Override
    public double[][] rows(int count, int length) {
        return new double[count][length];
    }

    @Override
    public boolean isRows(Object rows) {
        return rows instanceof double[][];
    }

    @Override
    public double[] read(INDArray array) {
        return (double[]) HostArrays.plain(array.castTo(DataType.DOUBLE));
    }

    @Override
    public Memory<double[]> memory(INDArray array) {
        return new Native(new HostMemory(array));
    }

    private record Native(HostMemory numbers) implements Memory<double[]> {
        @Override
        public void put(int to, double[] from, int f, int n) {
            numbers.put(to, from, f, n);
        }

        @Override
        public void get(int from, double[] to, int t, int n) {
            numbers.get(from, to, t, n);
        }
    }

    @Override
    public void copy(double[] from, int f, int fromStep, double[] to, int t, int toStep, int n) {
        if (fromStep == 1 && toStep == 1) {
            System.arraycopy(from, f, to, t, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[t + i * toStep] = from[f + i * fromStep];
        }
    }

    @Override
    public void add(double[] from, int f, int fromStep, double[] to, int t, int toStep, int n) {
        for (int i = 0; i < n; i++) {
            to[t + i * toStep] += from[f + i * fromStep];
        }
    }

    @Override
    public void addRow(double[] row, double[] other, int from, int to) {
        for (int i = from; i < to; i++) {
            row[i] += other[i];
        }
    }

    @Override
    public void clear(double[] row, int from, int to) {
        Arrays.fill(row, from, to, 0);
    }

    @Override
    public void addProducts(double[] target, double[][] a, int p, double[][] b, int q, int n, int from, int to) {
        for (int k = 0; k < n; k++) {
            addOne(target, a[p + k], b[q + k], from, to);
        }
    }

    private static void addOne(double[] target, double[] a, double[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += a[i] * b[i];
        }
    }
}
