package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arrays of a training pass, which successive passes of a layer reuse as long as batches have the same size.
 * <p>Shapes: code and target code {@code [rows, nCode]}, residual {@code [batch, elements of an image]}.
 *
 * @param blocks    how the batch is divided
 * @param code      the layer's output
 * @param targetCode the code that the decoder reconstructs from, where a solver finds it; null where it is the code
 * @param residual  of the reconstruction
 * @param each      of each block
 */
record PassBuffers(Blocks blocks, INDArray code, INDArray targetCode, INDArray residual, List<BlockBuffers> each) {
    /**
     * Buffers for a batch.
     *
     * @param kept  those of the last pass, null for none
     * @param image elements of one
     * @return {@code kept}, where they fit
     */
    static PassBuffers of(PassBuffers kept, ListaConf conf, Wiring wiring, DataType type, long batch, long image) {
        long rows = wiring.rows(batch);
        long units = conf.ownUnits();
        boolean fits = kept != null
                && kept.code.dataType() == type
                && kept.code.size(0) == rows
                && kept.code.size(1) == units
                && kept.blocks.batch() == batch
                && kept.residual.size(1) == image;
        return fits ? kept : Workspaces.outside(() -> make(conf, wiring, type, batch, image));
    }

    private static PassBuffers make(ListaConf conf, Wiring wiring, DataType type, long batch, long image) {
        Blocks blocks = Blocks.of(batch, wiring.examplesOfBlock());
        long units = conf.ownUnits();
        INDArray code = Nd4j.createUninitialized(type, wiring.rows(batch), units);
        List<BlockBuffers> each = new ArrayList<>();
        for (int b = 0; b < blocks.count(); b++) {
            long n = blocks.size(b);
            each.add(BlockBuffers.of(conf, type, wiring.rows(n), n, image));
        }
        return new PassBuffers(
                blocks,
                code,
                conf.getPredictive() == null ? null : code.ulike(),
                Nd4j.createUninitialized(type, batch, image),
                each);
    }

    /** The rows of a block in a matrix with the same number of rows for every example. */
    INDArray rows(INDArray matrix, int block) {
        long rows = matrix.size(0) / blocks.batch();
        return Rows.of(matrix, blocks.first(block) * rows, blocks.size(block) * rows);
    }
}
