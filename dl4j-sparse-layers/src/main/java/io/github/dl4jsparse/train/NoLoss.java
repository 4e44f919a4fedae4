package io.github.dl4jsparse.train;

import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Is zero for any output and any labels, so that a network is trained on the losses of its inner layers alone.
 * <p>\[ L(y) = 0, \qquad \partial L / \partial y = 0 \]
 * where y is the output. For DL4J's {@code LossLayer}; the score of the network is then the sum of the unsupervised losses and
 * the regularisation.
 * <p>Shapes: outputs of any rank, the batch first; labels are not used, but DL4J requires them: any matrix, such as a
 * column {@code [batch, 1]}.
 */
@EqualsAndHashCode
@ToString
public final class NoLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return 0;
    }

    /** Zeros {@code [batch, 1]}. */
    @Override
    public INDArray computeScoreArray(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        return Nd4j.zeros(preOutput.dataType(), preOutput.size(0), 1);
    }

    /** Zeros of the shape of the output. */
    @Override
    public INDArray computeGradient(INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask) {
        return Nd4j.zeros(preOutput.dataType(), preOutput.shape());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activationFn, INDArray mask, boolean average) {
        return new Pair<>(0.0, computeGradient(labels, preOutput, activationFn, mask));
    }

    @Override
    public String name() {
        return "NoLoss";
    }
}
