package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch on its way through a layer: made by the forward pass, which keeps in it what the gradient needs, and used up by the
 * backward pass. Its arrays live outside of DL4J's workspaces; the next pass of the layer may use them again.
 * <p>Shapes: x, code, residual and their gradients in the layer's order of axes, the batch first.
 */
public interface TrainingPass {
    /** The code as the layer's output is defined, with masked examples at zero. Not modified by anybody. */
    INDArray code();

    /** The codes that the energy is measured with, as the penalty takes them: {@code [rows, penalty units]}. Not modified by anybody. */
    INDArray penalised();

    /** What makes images of codes. */
    LinearOperator decoder();

    /**
     * Measures the energy and keeps the residual.
     *
     * @param target the input before dropout. Not modified.
     * @return sums over the batch
     */
    LossTerms measure(INDArray target);

    /**
     * {@code D z - x} of the measured pass, masked examples at zero, times the weights of pixels where they count unequally; after
     * {@link #backward} also times the weight of the loss.
     */
    INDArray residual();

    /**
     * Writes the gradients of all parameters but those of the penalty.
     *
     * @param epsilon       gradient with respect to the code. Not modified; null for none.
     * @param weight        of the unsupervised loss; 0 if it was not measured
     * @param gradients     of all parameters, sums over the batch. Overwritten, but for those of the penalty.
     * @param inputGradient overwritten with the gradient with respect to x through the code; null where it is not wanted
     */
    void backward(INDArray epsilon, double weight, Map<String, INDArray> gradients, INDArray inputGradient);
}
