package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Scratch;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch in pieces, as examples do not depend on each other: inference needs memory for one piece beside the result, however large
 * the batch is, and most of it stays in the cache.
 *
 * @param examples numbers of an example one after the other, in any shape
 * @param codes    {@code [rows, units]}, as many rows for each example
 */
record Pieces(INDArray examples, INDArray codes) {
    /** Numbers in the codes of a piece. Smaller ones cost more calls, larger ones memory. */
    private static final long NUMBERS = 1 << 19;

    /**
     * Runs a computation on one piece after the other; its new arrays end with the piece.
     *
     * @param use takes {@code [n, numbers of an example]} and the rows of their codes, views of the arrays
     */
    void forEach(BiConsumer<INDArray, INDArray> use) {
        long batch = examples.size(0);
        long rows = codes.size(0) / batch;
        INDArray matrix = examples.reshape('c', batch, examples.length() / batch);
        long most = Math.max(1, NUMBERS / (rows * codes.size(1)));
        long pieces = (batch + most - 1) / most;
        for (long i = 0; i < pieces; i++) {
            // as even as can be
            long first = batch * i / pieces;
            long n = batch * (i + 1) / pieces - first;
            INDArray some = Rows.of(matrix, first, n);
            INDArray own = Rows.of(codes, first * rows, n * rows);
            Scratch.run("PIECE", () -> use.accept(some, own));
        }
    }
}
