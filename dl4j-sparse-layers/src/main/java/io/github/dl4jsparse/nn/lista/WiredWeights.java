package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of a layer as the linear maps that they are for inputs of one size: its encoder with all steps, and its decoder.
 *
 * @param weights by the names of {@link ListaConf}, kept by reference
 * @param layer   names the layer in errors
 */
record WiredWeights(ListaConf conf, Wiring wiring, Map<String, INDArray> weights, DataType dataType, String layer) {
    /** @throws IllegalStateException if the decoder was removed */
    LinearOperator decoder() {
        if (!weights.containsKey(conf.decoderKey())) {
            throw new IllegalStateException(
                    "decoder must be there to reconstruct, but was removed from this network; use the one before "
                            + layer);
        }
        return conf.isTiedDecoder()
                ? wiring.encoder(weights.get(ListaConf.ENCODER)).transpose()
                : wiring.decoder(weights.get(ListaConf.DECODER));
    }

    /**
     * The encoder.
     *
     * @param imageRoom makes an array of the shape of the inputs
     * @param keep      whether what the steps make of the inputs is kept for the gradient
     */
    UnrolledEncoder encoder(Supplier<INDArray> imageRoom, boolean keep) {
        int steps = conf.getIterations();
        List<LinearOperator> encoders = new ArrayList<>();
        for (INDArray block : blocks(weights.get(ListaConf.ENCODER), steps)) {
            encoders.add(wiring.encoder(block));
        }
        return new UnrolledEncoder(
                steps, conf.getShrinkage(), encoders, recurrent(imageRoom, keep), weights.get(ListaConf.THRESHOLD));
    }

    /**
     * The codes after each step, new arrays outside of any workspace.
     *
     * @param seen what the encoder is given. Not modified.
     * @param rows of the codes as matrices
     */
    INDArray[] steps(INDArray seen, long rows) {
        INDArray all = Nd4j.createUninitialized(dataType, conf.getIterations() * rows, conf.ownUnits());
        Steps room = Steps.of(all, rows);
        INDArray drive = Nd4j.createUninitialized(dataType, rows, conf.ownUnits());
        encoder(() -> Nd4j.createUninitialized(dataType, seen.shape()), false)
                .forward(seen, room, drive, drive.ulike());
        return room.each();
    }

    private RecurrentMap recurrent(Supplier<INDArray> imageRoom, boolean keep) {
        if (conf.stepsUseDecoder()) {
            return new DictionaryRecurrence(
                    conf.getIterations(),
                    decoder(),
                    conf.decoderKey(),
                    weights.get(ListaConf.STEP),
                    wiring.pixels(dataType),
                    imageRoom,
                    keep);
        }
        List<LinearOperator> operators = new ArrayList<>();
        for (INDArray block : blocks(weights.get(ListaConf.RECURRENT), conf.getIterations() - 1)) {
            operators.add(wiring.recurrent(block));
        }
        return new FreeRecurrence(operators);
    }

    /** The weights of each step where steps have their own, else those of all. */
    private List<INDArray> blocks(INDArray weights, int steps) {
        if (weights == null) {
            return List.of();
        }
        if (!conf.isUntied() || steps < 2) {
            return List.of(weights);
        }
        List<INDArray> blocks = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            blocks.add(Rows.block(weights, t, weights.size(0) / steps));
        }
        return blocks;
    }
}
