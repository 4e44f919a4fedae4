package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Scratch;

/**
 * A batch in pieces, as examples do not depend on each other: inference needs memory for one piece beside the result, however large
 * the batch is, and most of it stays in the cache.
 *
 * @param batch   examples
 * @param numbers of the code of one
 */
record Pieces(long batch, long numbers) {
    /** Numbers in the codes of a piece. Smaller ones cost more calls, larger ones memory. */
    private static final long MOST = 1 << 20;

    /** What is done with a piece. */
    interface Use {
        /**
         * @param first example
         * @param n     examples
         */
        void accept(long first, long n);
    }

    /** Runs a computation on one piece after the other, all about as large; its new arrays end with the piece. */
    void forEach(Use use) {
        long most = Math.max(1, MOST / numbers);
        long pieces = (batch + most - 1) / most;
        for (long i = 0; i < pieces; i++) {
            long first = batch * i / pieces;
            long n = batch * (i + 1) / pieces - first;
            Scratch.run("PIECE", () -> use.accept(first, n));
        }
    }
}
