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
    private final LayerOperators operators;
    private final UnrolledEncoder encoder;

    InferencePass(LayerOperators operators) {
        this.operators = operators;
        this.encoder = operators.encoder();
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
        Blocks blocks = Blocks.of(batch, operators.wiring().examplesOfBlock());
        blocks.forEach(b -> Buffers.run("PASS", () -> {
            long n = blocks.size(b);
            INDArray target = Rows.of(codes, blocks.first(b), n);
            LayerOperators own = operators.ofExamples(blocks.first(b), n);
            UnrolledEncoder ownEncoder = own == operators ? encoder : own.encoder();
            INDArray part = Rows.of(images, blocks.first(b), n);
            if (order == null) {
                encode(own, ownEncoder, part, Rows.matrix(target, units()));
            } else {
                INDArray code =
                        Nd4j.createUninitialized(type(), operators.wiring().rows(n), units());
                encode(own, ownEncoder, part, code);
                long[] shape = result.shape().clone();
                shape[0] = n;
                order.apply(target.reshape('c', shape)).assign(operators.shaped(code, n));
            }
        }));
    }

    private DataType type() {
        return operators.dataType();
    }

    private long units() {
        return operators.conf().ownUnits();
    }

    private void encode(LayerOperators own, UnrolledEncoder ownEncoder, INDArray images, INDArray code) {
        BlockBuffers buffers =
                BlockBuffers.forInference(operators.conf(), type(), images.size(0), images.size(1), code);
        Buffers.run("PIECE", () -> ownEncoder.forward(own.encoderInput(images), buffers, buffers.codes()));
        if (operators.conf().isGain()) {
            code.muliRowVector(operators.weights().get(ListaConf.GAIN));
        }
    }

    /**
     * The codes after each step, new arrays outside of any workspace, without gain.
     *
     * @param x not modified
     */
    static INDArray[] steps(LayerOperators operators, INDArray x) {
        INDArray images = Rows.matrix(x, x.length() / x.size(0));
        BlockBuffers buffers = BlockBuffers.of(
                operators.conf(),
                operators.dataType(),
                operators.wiring().rows(x.size(0)),
                images.size(0),
                images.size(1));
        operators.encoder().forward(operators.encoderInput(images), buffers, buffers.codes());
        return buffers.codes().each();
    }
}
