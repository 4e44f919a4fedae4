package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Buffers;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The encoder in inference, without arrays for a gradient: \[ z = g \odot z_K \] where g is the gain, if the layer has
 * one. Blocks of examples are computed in parallel, each with buffers of its thread.
 * <p>Shapes: images {@code [examples, elements of an image]}, codes {@code [rows, nCode]}.
 */
final class InferencePass {
    private final WiredWeights wired;
    private final UnrolledEncoder encoder;

    InferencePass(WiredWeights wired) {
        this.wired = wired;
        this.encoder = wired.encoder();
    }

    /**
     * Encodes a batch.
     *
     * @param x      not modified
     * @param result codes in c order. Overwritten.
     * @param order  permutes the axes of the result to the layer's order; null where they have it
     */
    void run(INDArray x, INDArray result, UnaryOperator<INDArray> order) {
        long batch = x.size(0);
        INDArray images = Rows.matrix(x, x.length() / batch);
        INDArray codes = Rows.matrix(result, result.length() / batch);
        Blocks blocks = Blocks.of(batch, wired.wiring().examplesOfBlock());
        blocks.forEach(b -> Buffers.run("PASS", () -> {
            long n = blocks.size(b);
            INDArray target = Rows.of(codes, blocks.first(b), n);
            WiredWeights own = wired.ofExamples(blocks.first(b), n);
            UnrolledEncoder ownEncoder = own == wired ? encoder : own.encoder();
            INDArray seen = Rows.of(images, blocks.first(b), n);
            if (order == null) {
                encode(own, ownEncoder, seen, Rows.matrix(target, units()));
            } else {
                INDArray code = Nd4j.createUninitialized(type(), wired.wiring().rows(n), units());
                encode(own, ownEncoder, seen, code);
                long[] shape = result.shape().clone();
                shape[0] = n;
                order.apply(target.reshape('c', shape)).assign(wired.shaped(code, n));
            }
        }));
    }

    private DataType type() {
        return wired.dataType();
    }

    private long units() {
        return wired.conf().ownUnits();
    }

    private void encode(WiredWeights own, UnrolledEncoder ownEncoder, INDArray images, INDArray code) {
        BlockBuffers buffers = BlockBuffers.forInference(wired.conf(), type(), images.size(0), images.size(1), code);
        Buffers.run("PIECE", () -> ownEncoder.forward(own.seen(images), buffers, buffers.codes()));
        if (wired.conf().isGain()) {
            code.muliRowVector(wired.weights().get(ListaConf.GAIN));
        }
    }

    /**
     * The codes after each step, new arrays outside of any workspace, without gain.
     *
     * @param x not modified
     */
    static INDArray[] steps(WiredWeights wired, INDArray x) {
        INDArray images = Rows.matrix(x, x.length() / x.size(0));
        BlockBuffers buffers = BlockBuffers.of(
                wired.conf(), wired.dataType(), wired.wiring().rows(x.size(0)), images.size(0), images.size(1));
        wired.encoder().forward(wired.seen(images), buffers, buffers.codes());
        return buffers.codes().each();
    }
}
