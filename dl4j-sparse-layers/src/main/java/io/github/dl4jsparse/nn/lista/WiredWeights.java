package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.nn.common.LossPart;
import io.github.dl4jsparse.nn.common.LossParts;
import io.github.dl4jsparse.nn.common.LossTerms;
import io.github.dl4jsparse.nn.common.PredictiveSparseDecomposition;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    boolean hasDecoder() {
        return weights.containsKey(conf.decoderKey());
    }

    /** The encoder, which any number of threads may use. */
    UnrolledEncoder encoder() {
        int steps = conf.getIterations();
        List<LinearOperator> encoders = new ArrayList<>();
        for (INDArray block : blocks(weights.get(ListaConf.ENCODER), steps)) {
            encoders.add(wiring.encoder(block));
        }
        return new UnrolledEncoder(steps, conf.getShrinkage(), encoders, recurrent(), weights.get(ListaConf.THRESHOLD));
    }

    PixelWeights pixels() {
        return wiring.pixels();
    }

    /** Whether the encoder is given the input times the weights of its pixels, as the steps of ISTA are. */
    boolean weighsWhatItSees() {
        return conf.stepsUseDecoder() && !pixels().areAlike();
    }

    /**
     * What the encoder is given: the input, or a copy of it times the weights of its pixels.
     *
     * @param images not modified
     */
    INDArray seen(INDArray images) {
        if (!weighsWhatItSees()) {
            return images;
        }
        INDArray seen = images.dup('c');
        pixels().multiply(seen);
        return seen;
    }

    /** A code as it leaves the layer, in the layer's order. */
    INDArray shaped(INDArray code, long batch) {
        long[] shape = wiring.codeShape(batch);
        return shape.length == 2 ? code : code.reshape('c', shape);
    }

    /**
     * The parts of an energy.
     *
     * @param residual  multiplied by the roots of the weights of its pixels in place
     * @param described the code that is reconstructed from, as a matrix. Not modified.
     * @param code      the encoder's, as a matrix. Not modified.
     */
    LossParts parts(Penalty penalty, INDArray residual, INDArray described, INDArray code) {
        pixels().byRoots(residual);
        LossParts parts = LossParts.of(residual, penalty, wiring.penalised(described));
        PredictiveSparseDecomposition predictive = conf.getPredictive();
        return predictive == null
                ? parts
                : parts.with(LossPart.halfSquares(LossTerms.PREDICTION, predictive.weight(), described.sub(code)));
    }

    private RecurrentMap recurrent() {
        if (conf.stepsUseDecoder()) {
            INDArray sizes = weights.get(ListaConf.STEP);
            return new DictionaryRecurrence(
                    decoder(), conf.decoderKey(), sizes == null ? null : HostArrays.doubles(sizes), pixels());
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
