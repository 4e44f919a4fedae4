package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.math.Sums;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The unrolled recurrence and its gradient, on any linear operators and on arrays of the caller's.
 * <p>\[ v_t = E_t x + S_t z_{t-1}, \qquad z_t = h_{b_t}(v_t), \qquad t = 1 \dots K \]
 * \[ \delta_t = h'(v_t) \odot \partial L / \partial z_t, \qquad \partial L / \partial z_{t-1} = S_t^{\top} \delta_t \]
 * where tied steps share E, S and b: E is then applied once.
 * <p>Shapes: {@code x} as the encoders take it; codes and deltas of all steps in one array {@code [steps * rows, nCode]}, step
 * by step.
 *
 * @param encoders   E, one for all steps or one a step
 * @param recurrent  S
 * @param thresholds b, {@code [1, nCode]} or {@code [steps, nCode]}
 */
record UnrolledEncoder(
        int steps, Shrinkage shrinkage, List<LinearOperator> encoders, RecurrentMap recurrent, INDArray thresholds) {

    private boolean untied() {
        return encoders.size() > 1;
    }

    private LinearOperator encoder(int step) {
        return encoders.get(untied() ? step : 0);
    }

    private INDArray threshold(int step) {
        return untied() ? Rows.block(thresholds, step, 1) : thresholds;
    }

    /**
     * Runs all steps.
     *
     * @param x       the input. Not modified.
     * @param codes   room for the codes of all steps; of one or two where only the last is wanted, one if a step may overwrite the
     *                code before it. Modified in place.
     * @param drive   room for {@code E x}, {@code [rows, nCode]}. Modified in place.
     * @param scratch of the shape of the drive. Modified in place.
     * @return the last code, a view of {@code codes}
     */
    INDArray forward(INDArray x, Steps codes, INDArray drive, INDArray scratch) {
        INDArray spread = null;
        INDArray previous = null;
        for (int t = 0; t < steps; t++) {
            if (t == 0 || untied()) {
                spread = begin(t, x, drive);
            }
            INDArray code = codes.step(t);
            if (t == 0) {
                shrinkage.shrink(drive, spread, code, scratch);
            } else {
                recurrent.add(t, previous, drive, code);
                shrinkage.shrink(code, spread, code, scratch);
            }
            previous = code;
        }
        return previous;
    }

    /**
     * Writes the drive of a step, the threshold included where it is linear in it: the product is then added to the threshold,
     * which saves a pass over the drive.
     *
     * @return the threshold spread over the batch for {@link Shrinkage#shrink}, or null where that is not needed
     */
    private INDArray begin(int step, INDArray x, INDArray drive) {
        INDArray threshold = threshold(step);
        if (shrinkage.isLinearInThreshold()) {
            Nd4j.exec(new BroadcastCopyOp(drive, threshold.neg(), drive, 1));
            encoder(step).apply(x, drive, 1);
            return null;
        }
        encoder(step).apply(x, drive, 0);
        return shrinkage.prepare(drive, threshold);
    }

    /**
     * Back-propagates through all steps.
     *
     * @param x             the input of {@link #forward}. Not modified.
     * @param codes         the codes of all steps. Not modified.
     * @param deltas        room like the codes; the last step's rows hold {@code dL/dz_K}. Modified in place.
     * @param driveGradient room of one step, the gradient with respect to {@code E x} at the end (tied steps). Modified.
     * @param scratch       two arrays of one step. Modified in place.
     * @param gradients     of the parameters; that of E is overwritten, or added to. Modified in place.
     * @param beta          0 to overwrite the gradient of E, 1 to add to it
     * @param inputGradient room for {@code dL/dx}, or null where it is not wanted. Modified in place.
     */
    void backward(
            INDArray x,
            Steps codes,
            Steps deltas,
            INDArray driveGradient,
            INDArray[] scratch,
            Map<String, INDArray> gradients,
            double beta,
            INDArray inputGradient) {
        INDArray thresholdGradient = scratch[1];
        INDArray delta = deltas.step(steps - 1);
        recurrent.begin(gradients);
        for (int t = steps - 1; t >= 0; t--) {
            shrinkage.backward(codes.step(t), delta, scratch[0]);
            boolean first = t == steps - 1 || untied();
            if (first) {
                driveGradient.assign(delta);
            } else {
                driveGradient.addi(delta);
            }
            if (!shrinkage.isLinearInThreshold()) {
                if (first) {
                    thresholdGradient.assign(0);
                }
                shrinkage.addThresholdGradient(delta, scratch[0], thresholdGradient);
            }
            if (t == 0 || untied()) {
                finishStep(t, x, driveGradient, thresholdGradient, gradients, beta, inputGradient);
            }
            if (t > 0) {
                INDArray next = deltas.step(t - 1);
                recurrent.backward(t, codes.step(t - 1), delta, next, gradients);
                delta = next;
            }
        }
        recurrent.finish(codes, deltas, gradients);
    }

    /** Gradients of E and b, and of x, once the gradient of the drive is complete. */
    private void finishStep(
            int t,
            INDArray x,
            INDArray driveGradient,
            INDArray thresholdGradient,
            Map<String, INDArray> gradients,
            double beta,
            INDArray inputGradient) {
        INDArray all = gradients.get(ListaConf.ENCODER);
        INDArray encoderGradient = untied() ? Rows.block(all, t, all.size(0) / steps) : all;
        INDArray thresholds = gradients.get(ListaConf.THRESHOLD);
        INDArray target = untied() ? Rows.block(thresholds, t, 1) : thresholds;
        encoder(t).weightGradient(x, driveGradient, encoderGradient, beta);
        Sums.columns(shrinkage.isLinearInThreshold() ? driveGradient : thresholdGradient, target);
        if (shrinkage.isLinearInThreshold()) {
            target.negi();
        }
        if (inputGradient != null) {
            encoder(t).adjoint(driveGradient, inputGradient, untied() && t < steps - 1 ? 1 : 0);
        }
    }
}
