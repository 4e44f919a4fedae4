package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of a training pass that belongs to one block of examples. Blocks share weights, which they do not modify,
 * and each writes into rows of its own.
 * <p>Shapes: codes {@code [rows, nCode]}, images {@code [examples, elements of an image]}.
 */
final class UnrolledBlock {
    private final WiredWeights wired;
    private final UnrolledEncoder encoder;
    private final BlockBuffers buffers;
    private final INDArray code;
    private final INDArray described;
    private final INDArray residual;
    /** One value per example, or one per row; null for none. */
    private final INDArray mask;

    private INDArray seen;
    private Steps codes;
    private double[][] thresholdGradient;
    private double[] gainGradient;

    /**
     * @param buffers of the block
     * @param code    rows of the layer's output
     * @param found   rows for the codes of a solver, null where there is none
     * @param mask    {@code [examples, 1]} or {@code [rows, 1]}, null for none. Not modified.
     */
    UnrolledBlock(
            WiredWeights wired,
            UnrolledEncoder encoder,
            BlockBuffers buffers,
            INDArray code,
            INDArray found,
            INDArray residual,
            INDArray mask) {
        this.wired = wired;
        this.encoder = encoder;
        this.buffers = buffers;
        this.code = code;
        this.described = found == null ? code : found;
        this.residual = residual;
        this.mask = mask;
    }

    BlockBuffers buffers() {
        return buffers;
    }

    INDArray seen() {
        return seen;
    }

    INDArray described() {
        return described;
    }

    INDArray residual() {
        return residual;
    }

    double[][] thresholdGradient() {
        return thresholdGradient;
    }

    double[] gainGradient() {
        return gainGradient;
    }

    private boolean isChangedAfterSteps() {
        return wired.conf().isGain() || mask != null;
    }

    /** @param x not modified */
    void forward(INDArray x) {
        // needed until the gradient of the encoder
        seen = Workspaces.outside(() -> wired.seen(x));
        codes = isChangedAfterSteps() ? buffers.codes() : buffers.codes().endingIn(code);
        INDArray last = encoder.forward(seen, buffers, codes);
        if (isChangedAfterSteps()) {
            code.assign(last);
        }
        if (wired.conf().isGain()) {
            code.muliRowVector(wired.weights().get(ListaConf.GAIN));
        }
        maskExamples(code);
    }

    private void maskExamples(INDArray rows) {
        if (mask != null) {
            rows.reshape('c', mask.length(), rows.length() / mask.length()).muliColumnVector(mask);
        }
    }

    /**
     * Measures the energy and writes the residual times the weights of the pixels.
     *
     * @param target in the layer's shape. Not modified.
     */
    LossTerms measure(LinearOperator decoder, Penalty penalty, INDArray target) {
        PredictiveSparseDecomposition predictive = wired.conf().getPredictive();
        if (predictive != null) {
            INDArray near = wired.shaped(code, target.size(0));
            described.assign(predictive.codeNear(decoder, penalty, target, near).reshape('c', described.shape()));
            maskExamples(described);
        }
        decoder.apply(described, residual, 0);
        residual.subi(Rows.matrix(target, residual.size(1)));
        if (mask != null && mask.length() == residual.size(0)) {
            // a mask of rows is also in the weights of the pixels
            maskExamples(residual);
        }
        LossTerms terms = wired.parts(penalty, residual, described, code).sums();
        wired.pixels().byRoots(residual);
        return terms;
    }

    /**
     * Back-propagates to the deltas of all steps.
     *
     * @param epsilon       gradient with respect to the code, null for none. Not modified.
     * @param weight        of the unsupervised loss
     * @param inputGradient overwritten; null if it is not needed
     */
    void backward(LinearOperator decoder, Penalty penalty, INDArray epsilon, double weight, INDArray inputGradient) {
        if (weight > 0 && weight != 1) {
            residual.muli(weight);
        }
        INDArray delta = buffers.deltas().step(encoder.steps() - 1);
        codeGradient(decoder, penalty, epsilon, weight, delta);
        maskExamples(delta);
        if (wired.conf().isGain()) {
            gainGradient = StepLoops.sumsOfProducts(delta, codes.step(encoder.steps() - 1));
            delta.muliRowVector(wired.weights().get(ListaConf.GAIN));
        }
        double[][] ofSteps = encoder.backward(seen, buffers, codes, inputGradient);
        thresholdGradient = wired.conf().getThresholds().gradient(wired.conf(), ofSteps, buffers.slopes());
        if (inputGradient != null && wired.weighsWhatItSees()) {
            wired.weightsSeen().multiply(inputGradient);
        }
    }

    /** Gradient with respect to the code: from above, from the weighted residual and from the penalty. */
    private void codeGradient(
            LinearOperator decoder, Penalty penalty, INDArray epsilon, double weight, INDArray result) {
        if (weight == 0) {
            result.assign(epsilon);
            return;
        }
        PredictiveSparseDecomposition predictive = wired.conf().getPredictive();
        if (predictive != null) {
            code.sub(described, result).muli(weight * predictive.weight());
        } else {
            decoder.adjoint(residual, result, 0);
            penalty.addGradient(
                    wired.wiring().penalised(code), weight, wired.wiring().penalised(result));
        }
        if (epsilon != null) {
            result.addi(epsilon);
        }
    }
}
