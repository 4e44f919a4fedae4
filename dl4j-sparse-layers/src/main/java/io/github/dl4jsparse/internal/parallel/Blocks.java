package io.github.dl4jsparse.internal.parallel;

import java.util.function.IntConsumer;

/**
 * The division of a batch into blocks of consecutive examples, which threads compute in parallel.
 * <p>The number of blocks depends on the batch and the smallest useful block alone, never on the number of threads. It
 * is a power of two, which divides well among two, four or eight threads.
 *
 * @param count of blocks, at least 1
 * @param batch examples, at least {@code count}
 */
public record Blocks(int count, long batch) {
    /** From this number of blocks on the size of blocks grows with the batch, up to eight times. */
    private static final long MANY = 64;

    /**
     * The blocks of a batch.
     *
     * @param batch    examples
     * @param examples the smallest useful number of examples of a block; blocks are smaller only for batches below twice this
     *      number, because two blocks are better than one
     */
    public static Blocks of(long batch, long examples) {
        long count = Long.highestOneBit(Math.max(1, batch / examples));
        if (count > MANY) {
            count = Math.max(MANY, Long.highestOneBit(batch / (8 * examples)));
        }
        return new Blocks((int) (count == 1 && batch >= Math.max(2, examples) ? 2 : count), batch);
    }

    /** The first example of a block. */
    public long first(int block) {
        return batch * block / count;
    }

    /** The examples of a block. */
    public long size(int block) {
        return first(block + 1) - first(block);
    }

    /** Runs a computation for the index of every block, in parallel. */
    public void forEach(IntConsumer work) {
        Tasks.forEach(count, work);
    }
}
