package io.github.dl4jsparse.math;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Shrinks every unit of a code towards zero by a threshold of its own; what falls below it is exactly zero.
 * <p>\[ h_b(v) = \max(0, v - b) \quad\text{or}\quad h_b(v) = \mathrm{sign}(v)\,\max(0, |v| - b) \]
 * where v is the drive of the units and b holds one threshold a unit.
 * <p>The threshold is handled in two places, so that unrolled steps pay for it once: {@link #prepare} folds into the
 * drive what is linear in b, {@link #shrink} does the rest in every step.
 * <p>Shapes: {@code v, z: [batch, nCode]}, {@code b: [1, nCode]}.
 * <p>Reference: Daubechies, Defrise and De Mol, An iterative thresholding algorithm for linear inverse problems with a
 * sparsity constraint, CPAM 57, 2004.
 */
public enum Shrinkage {
    /** {@code max(0, v - b)}: rectified linear units with a bias of -b. The derivative at the kink is 0. */
    NON_NEGATIVE {
        @Override
        public INDArray prepare(INDArray drive, INDArray threshold) {
            drive.subiRowVector(threshold);
            return null;
        }

        @Override
        public void shrink(INDArray drive, INDArray spread, INDArray code, INDArray scratch) {
            Nd4j.exec(new RectifiedLinear(drive, code, 0));
        }

        @Override
        public void backward(INDArray code, INDArray gradient, INDArray scratch) {
            Nd4j.exec(new Sign(code, scratch));
            gradient.muli(scratch);
        }

        @Override
        public void addThresholdGradient(INDArray gradient, INDArray sign, INDArray thresholdGradient) {
            thresholdGradient.subi(gradient);
        }

        @Override
        public boolean isLinearInThreshold() {
            return true;
        }
    },

    /** {@code sign(v) max(0, |v| - b)}: the proximal operator of b |z|. Needs b &gt;= 0. The derivative at a kink is 0. */
    SOFT {
        @Override
        public INDArray prepare(INDArray drive, INDArray threshold) {
            return drive.ulike().assign(threshold.broadcast(drive.shape()));
        }

        @Override
        public void shrink(INDArray drive, INDArray spread, INDArray code, INDArray scratch) {
            drive.addi(spread, scratch);
            Nd4j.exec(new ScalarMin(scratch, null, scratch, 0));
            drive.subi(spread, code);
            Nd4j.exec(new RectifiedLinear(code, code, 0));
            code.addi(scratch);
        }

        @Override
        public void backward(INDArray code, INDArray gradient, INDArray scratch) {
            Nd4j.exec(new Sign(code, scratch));
            gradient.muli(scratch).muli(scratch);
        }

        @Override
        public void addThresholdGradient(INDArray gradient, INDArray sign, INDArray thresholdGradient) {
            sign.muli(gradient);
            thresholdGradient.subi(sign);
        }

        @Override
        public boolean isLinearInThreshold() {
            return false;
        }
    };

    /**
     * Folds the part of the threshold that is linear into the drive.
     *
     * @param drive     {@code E x}, {@code [batch, nCode]}. Modified in place.
     * @param threshold {@code b}, {@code [1, nCode]}. Not modified.
     * @return the threshold spread over the batch for {@link #shrink}, or null where that is not needed
     */
    public abstract INDArray prepare(INDArray drive, INDArray threshold);

    /**
     * One shrinkage of a prepared drive.
     *
     * @param drive   the prepared drive. Not modified unless it is also {@code code}.
     * @param spread  what {@link #prepare} returned. Not modified.
     * @param code    the result, may be {@code drive} itself. Modified in place.
     * @param scratch of the shape of the code. Modified in place.
     */
    public abstract void shrink(INDArray drive, INDArray spread, INDArray code, INDArray scratch);

    /**
     * Turns the gradient with respect to the code into the gradient with respect to the drive: it passes where the code
     * is not zero.
     *
     * @param code     the result of {@link #shrink}. Not modified.
     * @param gradient {@code dL/dz} at the start, {@code dL/dv} at the end. Modified in place.
     * @param scratch  of the shape of the code; the signs of the code at the end. Modified in place.
     */
    public abstract void backward(INDArray code, INDArray gradient, INDArray scratch);

    /**
     * Adds one step's gradient with respect to the thresholds, sample by sample.
     *
     * @param gradient          {@code dL/dv}, what {@link #backward} made. Not modified.
     * @param sign              the signs that {@link #backward} left. Modified in place.
     * @param thresholdGradient {@code [batch, nCode]}. Modified in place.
     */
    public abstract void addThresholdGradient(INDArray gradient, INDArray sign, INDArray thresholdGradient);

    /** Whether the drive is linear in the threshold: the threshold's gradient is then minus the drive's. */
    public abstract boolean isLinearInThreshold();
}
