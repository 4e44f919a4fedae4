package io.github.dl4jsparse.nn.lista;

/**
 * A batch in pieces, as examples do not depend on each other: inference needs memory for one piece beside the result, however large
 * the batch is, and most of it stays in the cache.
 *
 * @param batch   examples
 * @param numbers of the code of one
 */
record Pieces(long batch, long numbers) {
    /** Numbers in the codes of a piece. Smaller ones cost more calls, larger ones memory. */
    private static final long MOST = 1 << 19;

    /** What is done with a piece. */
    interface Use {
        /**
         * @param first example
         * @param n     examples
         */
        void accept(long first, long n);
    }

    /** Runs a computation on one piece after the other, all as large as the first but for the last, which may be smaller. */
    void forEach(Use use) {
        long most = Math.max(1, MOST / numbers);
        long pieces = (batch + most - 1) / most;
        long size = (batch + pieces - 1) / pieces;
        for (long first = 0; first < batch; first += size) {
            use.accept(first, Math.min(size, batch - first));
        }
    }
}
