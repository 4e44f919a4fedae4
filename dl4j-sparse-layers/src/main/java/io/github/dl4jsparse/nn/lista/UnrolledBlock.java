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
    private final LayerOperators operators;
    private final UnrolledEncoder encoder;
    private final BlockBuffers buffers;
    private final INDArray code;
    private final INDArray targetCode;
    private final INDArray residual;
    /** One value per example, or one per row; null for none. */
    private final INDArray mask;

    private INDArray encoderInput;
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
            LayerOperators operators,
            UnrolledEncoder encoder,
            BlockBuffers buffers,
            INDArray code,
            INDArray found,
            INDArray residual,
            INDArray mask) {
        this.operators = operators;
        this.encoder = encoder;
        this.buffers = buffers;
        this.code = code;
        this.targetCode = found == null ? code : found;
        this.residual = residual;
        this.mask = mask;
    }

    BlockBuffers buffers() {
        return buffers;
    }

    INDArray encoderInput() {
        return encoderInput;
    }

    INDArray targetCode() {
        return targetCode;
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
        return operators.conf().isGain() || mask != null;
    }

    /** @param x not modified */
    void forward(INDArray x) {
        // needed until the gradient of the encoder
        encoderInput = Workspaces.outside(() -> operators.encoderInput(x));
        codes = isChangedAfterSteps() ? buffers.codes() : buffers.codes().endingIn(code);
        INDArray last = encoder.forward(encoderInput, buffers, codes);
        if (isChangedAfterSteps()) {
            code.assign(last);
        }
        if (operators.conf().isGain()) {
            code.muliRowVector(operators.weights().get(ListaConf.GAIN));
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
        PredictiveSparseDecomposition predictive = operators.conf().getPredictive();
        if (predictive != null) {
            INDArray near = operators.shaped(code, target.size(0));
            targetCode.assign(
                    predictive.codeNear(decoder, penalty, target, near).reshape('c', targetCode.shape()));
            maskExamples(targetCode);
        }
        decoder.apply(targetCode, residual, 0);
        residual.subi(Rows.matrix(target, residual.size(1)));
        if (mask != null && mask.length() == residual.size(0)) {
            // a mask of rows is also in the weights of the pixels
            maskExamples(residual);
        }
        LossTerms terms = operators.parts(penalty, residual, targetCode, code).sums();
        operators.pixels().byRoots(residual);
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
        if (operators.conf().isGain()) {
            gainGradient = StepLoops.sumsOfProducts(delta, codes.step(encoder.steps() - 1));
            delta.muliRowVector(operators.weights().get(ListaConf.GAIN));
        }
        double[][] ofSteps = encoder.backward(encoderInput, buffers, codes, inputGradient);
        thresholdGradient = operators.conf().getThresholds().gradient(operators.conf(), ofSteps, buffers.slopes());
        if (inputGradient != null && operators.weighsInput()) {
            operators.inputWeights().multiply(inputGradient);
        }
    }

    /** Gradient with respect to the code: from above, from the weighted residual and from the penalty. */
    private void codeGradient(
            LinearOperator decoder, Penalty penalty, INDArray epsilon, double weight, INDArray result) {
        if (weight == 0) {
            result.assign(epsilon);
            return;
        }
        PredictiveSparseDecomposition predictive = operators.conf().getPredictive();
        if (predictive != null) {
            code.sub(targetCode, result).muli(weight * predictive.weight());
        } else {
            decoder.adjoint(residual, result, 0);
            penalty.addGradient(
                    operators.wiring().penalised(code),
                    weight,
                    operators.wiring().penalised(result));
        }
        if (epsilon != null) {
            result.addi(epsilon);
        }
    }
}
