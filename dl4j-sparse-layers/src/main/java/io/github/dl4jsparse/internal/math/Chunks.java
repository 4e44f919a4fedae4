package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Divides the elements of arrays of one shape into blocks, which threads compute in parallel, and these into chunks,
 * which are copied to Java arrays and back. Both depend on the shape alone.
 */
final class Chunks {
    /** Elements of a chunk: a few Java arrays of this length fit into the processor's L1 cache. */
    private static final int ELEMENTS = 1 << 11;

    private final HostMemory[] memories;
    private final int width;
    private final int chunk;
    private final Blocks blocks;

    /**
     * @param width  elements that stay in one chunk: 1, or those of a row
     * @param arrays as {@link #ordered} gives them
     */
    Chunks(int width, INDArray... arrays) {
        this.width = width;
        memories = Arrays.stream(arrays).map(HostMemory::new).toArray(HostMemory[]::new);
        chunk = length(width, memories[0].length());
        blocks = RowBlocks.of(memories[0].length() / width, width, RowBlocks.CHEAP);
    }

    /** Elements of a chunk, which are at most all. */
    static int length(int width, int all) {
        return Math.min(all, Math.max(1, ELEMENTS / width) * width);
    }

    /**
     * The arrays with their elements one after the other, all in the same order: FLOAT if the first is, else DOUBLE.
     *
     * @param rows whether elements of a row have to lie together
     */
    static INDArray[] ordered(boolean rows, INDArray... arrays) {
        DataType type = arrays[0].dataType() == DataType.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        boolean isInColumns = !rows
                && Arrays.stream(arrays).allMatch(array -> array.ordering() == 'f' && array.elementWiseStride() == 1);
        return Arrays.stream(arrays)
                .map(array -> array.castTo(type))
                .map(array -> isInColumns || HostArrays.isDense(array) ? array : array.dup('c'))
                .toArray(INDArray[]::new);
    }

    /** Elements of a chunk; the last one of a block may have less. */
    int length() {
        return chunk;
    }

    int blocks() {
        return blocks.count();
    }

    boolean isSingle() {
        return memories[0].isSingle();
    }

    void forEachBlock(IntConsumer work) {
        RowBlocks.run(blocks, work);
    }

    /** An operation on a chunk in single precision. */
    interface Singles {
        /** Computes with the arrays, which are not to be kept. */
        void use(float[][] a, int start, int n);
    }

    /** An operation on a chunk in double precision. */
    interface Doubles {
        void use(double[][] a, int start, int n);
    }

    void singles(int block, Singles work) {
        float[][] a = ThreadArrays.take(memories.length, chunk);
        int end = end(block);
        for (int start = start(block); start < end; start += chunk) {
            int n = Math.min(chunk, end - start);
            for (int i = 0; i < a.length; i++) {
                memories[i].get(start, a[i], 0, n);
            }
            work.use(a, start, n);
        }
        ThreadArrays.giveBack(a);
    }

    void doubles(int block, Doubles work) {
        double[][] a = new double[memories.length][chunk];
        int end = end(block);
        for (int start = start(block); start < end; start += chunk) {
            int n = Math.min(chunk, end - start);
            for (int i = 0; i < a.length; i++) {
                memories[i].get(start, a[i], 0, n);
            }
            work.use(a, start, n);
        }
    }

    /**
     * Runs a loop over all blocks and writes its results back.
     *
     * @param written arrays that are results, from the first on
     * @param singles for single precision
     * @param doubles for double precision
     */
    void write(int written, Singles singles, Doubles doubles) {
        forEachBlock(block -> {
            if (isSingle()) {
                singles(block, (a, start, n) -> {
                    singles.use(a, start, n);
                    for (int i = 0; i < written; i++) {
                        memories[i].put(start, a[i], 0, n);
                    }
                });
            } else {
                doubles(block, (a, start, n) -> {
                    doubles.use(a, start, n);
                    for (int i = 0; i < written; i++) {
                        memories[i].put(start, a[i], 0, n);
                    }
                });
            }
        });
    }

    private int start(int block) {
        return (int) (blocks.first(block) * width);
    }

    private int end(int block) {
        return (int) ((blocks.first(block) + blocks.size(block)) * width);
    }
}
