package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.parallel.Blocks;
import io.github.dl4jsparse.internal.parallel.Tasks;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Blocks of rows of a matrix, or of examples of a batch, that threads compute in parallel. They depend on the sizes
 * alone.
 */
public final class RowBlocks {
    /** Elements of a block where each takes about a nanosecond. */
    public static final long CHEAP = 1 << 16;

    /** Elements of a block where each takes some ten nanoseconds. */
    public static final long DEAR = 1 << 12;

    /** The number of rows from which on the rate of a product hardly grows. */
    private static final long ROWS_OF_A_PRODUCT = 64;

    private RowBlocks() {}

    /**
     * The blocks of a batch.
     *
     * @param rows     of the matrix, or examples
     * @param width    elements of a row
     * @param elements of a block, at least: {@link #CHEAP}, {@link #DEAR} or between them
     */
    public static Blocks of(long rows, long width, long elements) {
        return Blocks.of(rows, Math.max(1, elements / Math.max(1, width)));
    }

    /**
     * The blocks of a product of matrices; one block within a part of a batch that a thread computes.
     *
     * @param rows of the product
     */
    public static Blocks ofProduct(long rows) {
        return Tasks.isWithin() ? new Blocks(1, rows) : Blocks.of(rows, ROWS_OF_A_PRODUCT);
    }

    /**
     * A product of matrices in blocks of its rows: the bits do not depend on the number of threads, neither the library's nor the
     * backend's.
     *
     * @param a {@code [m, k]}. Not modified.
     * @param b {@code [k, n]}. Not modified.
     * @return {@code [m, n]} of the type of b, a new array in c order
     */
    public static INDArray product(INDArray a, INDArray b) {
        INDArray left = HostArrays.isDense(a) ? a : a.dup('c');
        INDArray result = Nd4j.createUninitialized(b.dataType(), new long[] {a.size(0), b.size(1)}, 'c');
        Blocks blocks = ofProduct(a.size(0));
        blocks.forEach(block ->
                Products.into(examples(left, blocks, block), false, b, false, examples(result, blocks, block), 0));
        return result;
    }

    /**
     * A function of examples, block by block.
     *
     * @param blocks   of the batch
     * @param array    {@code [batch, ...]}. Not modified.
     * @param function of some examples {@code [n, ...]}, which must not modify them; may be called by several threads at once
     * @return {@code [batch, ...]}, all results one below the other: a new array
     */
    public static INDArray map(Blocks blocks, INDArray array, UnaryOperator<INDArray> function) {
        INDArray ordered = blocks.count() == 1 || array.ordering() == 'c' ? array : array.dup('c');
        INDArray[] parts = new INDArray[blocks.count()];
        blocks.forEach(block -> parts[block] = function.apply(examples(ordered, blocks, block)));
        if (parts.length == 1) {
            return parts[0];
        }
        long[] shape = parts[0].shape().clone();
        shape[0] = array.size(0);
        INDArray result = Nd4j.createUninitialized(parts[0].dataType(), shape, 'c');
        blocks.forEach(block -> examples(result, blocks, block).assign(parts[block]));
        return result;
    }

    /**
     * Copies a batch, whatever the order of both arrays is.
     *
     * @param to   {@code [batch, ...]}. Modified in place.
     * @param from of the same shape. Not modified.
     * @return {@code to}
     */
    public static INDArray assign(INDArray to, INDArray from) {
        Blocks blocks = of(to.size(0), to.length() / Math.max(1, to.size(0)), CHEAP / 4);
        run(blocks, block -> examples(to, blocks, block).assign(examples(from, blocks, block)));
        return to;
    }

    /** A copy of a batch in c order. */
    public static INDArray copy(INDArray array) {
        return assign(Nd4j.createUninitialized(array.dataType(), array.shape(), 'c'), array);
    }

    /**
     * Runs a computation for every block of a batch, in the calling thread where there is one.
     *
     * @param blocks of the batch
     * @param work   receives the index of each block
     */
    public static void run(Blocks blocks, IntConsumer work) {
        if (blocks.count() == 1) {
            work.accept(0);
        } else {
            blocks.forEach(work);
        }
    }

    /**
     * The examples of a block as a view.
     *
     * @param array {@code [batch, ...]}, or null. Shared, not copied.
     * @return the array itself where there is one block; null for null
     */
    public static INDArray examples(INDArray array, Blocks blocks, int block) {
        return array == null ? null : examples(array, blocks.first(block), blocks.size(block));
    }

    /**
     * Consecutive examples as a view.
     *
     * @param array {@code [batch, ...]}. Shared, not copied.
     */
    public static INDArray examples(INDArray array, long first, long count) {
        if (count == array.size(0)) {
            return array;
        }
        long[] shape = array.shape().clone();
        shape[0] = count;
        return Nd4j.create(
                array.data(), shape, array.stride(), array.offset() + first * array.stride(0), array.ordering());
    }
}
