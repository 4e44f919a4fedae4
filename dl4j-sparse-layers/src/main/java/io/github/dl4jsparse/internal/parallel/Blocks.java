package io.github.dl4jsparse.internal.parallel;

import java.util.function.IntConsumer;

/**
 * A batch as blocks of examples that follow each other, which threads compute side by side.
 * <p>How many there are follows from the batch and from what a block is worth alone, never from the number of threads. It is a power
 * of two, which divides well among two, four or eight threads.
 *
 * @param count of blocks, at least 1
 * @param batch examples, at least {@code count}
 */
public record Blocks(int count, long batch) {
    /** From this number of blocks on they grow with the batch, up to eight times. */
    private static final long MANY = 64;

    /**
     * The blocks of a batch.
     *
     * @param batch    examples
     * @param examples that are worth a block; a block has less only where the batch is smaller than twice as many, because two
     *                 blocks are better than one
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

    /** Runs a computation for the number of every block, side by side. */
    public void forEach(IntConsumer work) {
        Tasks.forEach(count, work);
    }
}
