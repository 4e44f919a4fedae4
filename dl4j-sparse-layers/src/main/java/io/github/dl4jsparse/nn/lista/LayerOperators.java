package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.spi.LossParts;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The linear maps of a layer's weights for inputs of one size: its encoder with all steps, and its decoder.
 *
 * @param weights by the names of {@link ListaConf}, kept by reference
 * @param layer   names the layer in errors
 * @param auxiliary   the values of the auxiliary channels of the input
 */
record LayerOperators(
        ListaConf conf,
        Wiring wiring,
        Map<String, INDArray> weights,
        DataType dataType,
        String layer,
        AuxiliaryInput auxiliary) {
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

    /** The same for some examples of the batch. */
    LayerOperators ofExamples(long first, long count) {
        return auxiliary.isEmpty()
                ? this
                : new LayerOperators(conf, wiring, weights, dataType, layer, auxiliary.rows(first, count));
    }

    boolean hasDecoder() {
        return weights.containsKey(conf.decoderKey());
    }

    /** The encoder, which is safe for use by several threads. */
    UnrolledEncoder encoder() {
        int steps = conf.getIterations();
        CoupledSteps coupled = conf.getCoupling().bind(this);
        double[] beta = steps > 1 ? conf.getMomentum().coefficients(steps, weights) : null;
        return new UnrolledEncoder(
                steps, coupled, beta == null ? null : new MomentumSteps(beta), shrinking(steps, coupled));
    }

    private List<ShrinkingStep> shrinking(int steps, CoupledSteps coupled) {
        double[][] thresholds = conf.getThresholds().thresholds(conf, weights);
        Shrinkage shrinkage = EncoderChoices.shrinkage(conf);
        List<ShrinkingStep> shrinking = new ArrayList<>();
        if (auxiliary.levels() != null) {
            for (int t = 0; t < (shrinkage instanceof UnitShrinkage ? thresholds.length : steps); t++) {
                shrinking.add(byNoise(shrinkage, t, thresholds[thresholds.length > 1 ? t : 0]));
            }
        } else if (shrinkage instanceof UnitShrinkage units) {
            StepEncoders encoders = coupled.encoders();
            boolean folds = encoders != null && (thresholds.length == 1 || encoders.areUntied());
            for (double[] own : thresholds) {
                shrinking.add(new StepLoops(units, own, dataType, folds));
            }
        } else {
            for (int t = 0; t < steps; t++) {
                double[] own = thresholds[thresholds.length > 1 ? t : 0];
                shrinking.add(new StepRows(conf.shrunkUnits(), shrinkage, t, own));
            }
        }
        return shrinking;
    }

    private ShrinkingStep byNoise(Shrinkage shrinkage, int step, double[] both) {
        List<ShrinkingStep> each = new ArrayList<>();
        for (double level : auxiliary.levels()) {
            double[] own = NoiseThresholds.at(level, both);
            each.add(
                    shrinkage instanceof UnitShrinkage units
                            ? new StepLoops(units, own, dataType, false)
                            : new StepRows(conf.shrunkUnits(), shrinkage, step, own));
        }
        return new ShrinkingExamples(each, auxiliary.levels());
    }

    /** E: one for all steps, or one per step. */
    List<LinearOperator> encoders() {
        return each(ListaConf.ENCODER, conf.getIterations()).stream()
                .map(wiring::encoder)
                .toList();
    }

    PixelWeights pixels() {
        return auxiliary.pixels() != null ? auxiliary.pixels() : wiring.pixels();
    }

    /** Whether the encoder takes the input times the weights of its pixels, as the steps of ISTA do. */
    boolean weighsInput() {
        return !inputWeights().areAlike();
    }

    /**
     * The weights by which the input is multiplied before the encoder; without steps through the decoder, only those of
     * the pixel mask.
     */
    PixelWeights inputWeights() {
        if (conf.stepsUseDecoder()) {
            return pixels();
        }
        return auxiliary.mask() == null ? PixelWeights.NONE : auxiliary.mask();
    }

    /**
     * The input of the encoder: the layer's input, or a copy of it times the weights of its pixels.
     *
     * @param images not modified
     */
    INDArray encoderInput(INDArray images) {
        if (!weighsInput()) {
            return images;
        }
        INDArray encoderInput = images.dup('c');
        inputWeights().multiply(encoderInput);
        return encoderInput;
    }

    /** A code in the shape of the layer's output, in the layer's order. */
    INDArray shaped(INDArray code, long batch) {
        long[] shape = wiring.codeShape(batch);
        return shape.length == 2 ? code : code.reshape('c', shape);
    }

    /**
     * The parts of an energy.
     *
     * @param residual  multiplied by the roots of the weights of its pixels in place
     * @param targetCode the code of the reconstruction, as a matrix. Not modified.
     * @param code      the encoder's, as a matrix. Not modified.
     */
    LossParts parts(Penalty penalty, INDArray residual, INDArray targetCode, INDArray code) {
        pixels().byRoots(residual);
        LossParts parts = LossParts.of(residual, penalty, wiring.penalised(targetCode));
        PredictiveSparseDecomposition predictive = conf.getPredictive();
        return predictive == null
                ? parts
                : parts.withHalfSquares(LossTerms.PREDICTION, predictive.weight(), targetCode.sub(code));
    }

    /** The weights of each step; one element where steps share them. */
    List<INDArray> each(String parameter, int steps) {
        INDArray all = weights.get(parameter);
        if (all == null) {
            return List.of();
        }
        if (!conf.isUntied() || steps < 2) {
            return List.of(all);
        }
        List<INDArray> blocks = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            blocks.add(Rows.block(all, t, all.size(0) / steps));
        }
        return blocks;
    }
}
