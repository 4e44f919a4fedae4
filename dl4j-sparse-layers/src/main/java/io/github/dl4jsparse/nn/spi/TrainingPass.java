package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of one training pass of a batch through a layer: created by the forward pass with all arrays that the
 * gradient needs, and overwritten by the backward pass. Its arrays are outside of DL4J's workspaces; the next pass of
 * the layer may reuse them.
 * <p>Shapes: x, code, residual and their gradients in the layer's order of axes, the batch first.
 */
public interface TrainingPass {
    /** The code as the layer outputs it, with masked examples at zero. Must not be modified. */
    INDArray code();

    /** The codes of the energy, in the form of the penalty: {@code [rows, penalty units]}. Must not be modified. */
    INDArray penalised();

    /** The decoder of this pass. */
    LinearOperator decoder();

    /**
     * Measures the energy and keeps the residual.
     *
     * @param target the input before dropout. Not modified.
     * @return sums over the batch
     */
    LossTerms measure(INDArray target);

    /**
     * {@code D z - x} of the measured pass, masked examples at zero, times the weights of pixels where there are any;
     * after {@link #backward} also times the weight of the loss.
     */
    INDArray residual();

    /**
     * Writes the gradients of all parameters except those of the penalty.
     *
     * @param epsilon       gradient with respect to the code. Not modified; null for none.
     * @param weight        of the unsupervised loss; 0 if it was not measured
     * @param gradients     of all parameters, sums over the batch. Overwritten, except those of the penalty.
     * @param inputGradient overwritten with the gradient with respect to x through the code; null if it is not needed
     */
    void backward(
            @Nullable INDArray epsilon,
            double weight,
            Map<String, INDArray> gradients,
            @Nullable INDArray inputGradient);

    /** A training pass that is not divided into blocks and reconstructs from the layer's output. */
    abstract class WholeBatchPass implements TrainingPass {
        /** The input of the layer. */
        protected final INDArray x;

        /** The output of the layer. */
        protected final INDArray code;

        /** On the code. */
        protected final Penalty penalty;

        private final LinearOperator decoder;
        private final Consumer<INDArray> mask;
        private INDArray residual;

        /**
         * @param x       not modified
         * @param code    masked examples are set to zero
         * @param decoder D
         * @param penalty on the code
         * @param mask    sets the elements of masked examples to zero in place
         */
        protected WholeBatchPass(
                INDArray x, INDArray code, LinearOperator decoder, Penalty penalty, Consumer<INDArray> mask) {
            this.x = x;
            this.code = code;
            this.decoder = decoder;
            this.penalty = penalty;
            this.mask = mask;
            mask.accept(code);
        }

        @Override
        public final INDArray code() {
            return code;
        }

        @Override
        public final INDArray penalised() {
            return code;
        }

        @Override
        public final LinearOperator decoder() {
            return decoder;
        }

        @Override
        public final LossTerms measure(INDArray target) {
            residual = Workspaces.outside(target::ulike);
            decoder.apply(code, residual, 0);
            residual.subi(target);
            mask.accept(residual);
            return LossParts.of(residual, penalty, code).sums();
        }

        @Override
        public final INDArray residual() {
            return residual;
        }

        /** Multiplies the residual by the weight of the loss, as the first step of {@link #backward}. */
        protected final void weigh(double weight) {
            if (weight > 0 && weight != 1) {
                residual.muli(weight);
            }
        }

        /** Sets the elements of masked examples to zero. */
        protected final void maskExamples(INDArray array) {
            mask.accept(array);
        }
    }
}
