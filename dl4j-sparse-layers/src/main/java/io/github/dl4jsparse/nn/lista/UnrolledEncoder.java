package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The unrolled recurrence and its gradient, on any linear operators and on arrays of the caller's.
 * <p>\[ v_t = E_t x + S_t z_{t-1}, \qquad z_t = h_{b_t}(v_t), \qquad t = 1 \dots K \]
 * \[ \delta_t = h'(v_t) \odot \partial L / \partial z_t, \qquad \partial L / \partial z_{t-1} = S_t^{\top} \delta_t \]
 * where tied steps share E, S and b: E is then applied once, and the gradient of S over all steps is one product of the
 * stacked codes with the stacked deltas.
 * <p>Shapes: {@code x: [batch, nIn]}; codes and deltas of all steps in one array {@code [steps * batch, nCode]}, step by
 * step.
 *
 * @param encoders   E, one for all steps or one a step
 * @param recurrents S, none for one step, one for all, or one a step from the second on
 * @param thresholds b, {@code [1, nCode]} or {@code [steps, nCode]}
 */
record UnrolledEncoder(
        int steps,
        Shrinkage shrinkage,
        List<LinearOperator> encoders,
        List<LinearOperator> recurrents,
        INDArray thresholds) {

    /** Arrays of the gradients with respect to the weights, in the shapes of the parameters. */
    record Gradients(INDArray encoder, INDArray recurrent, INDArray threshold) {}

    private boolean untied() {
        return encoders.size() > 1;
    }

    private LinearOperator encoder(int step) {
        return encoders.get(untied() ? step : 0);
    }

    private LinearOperator recurrent(int step) {
        return recurrents.get(untied() ? step - 1 : 0);
    }

    private INDArray threshold(int step) {
        return untied() ? Rows.block(thresholds, step, 1) : thresholds;
    }

    /**
     * Runs all steps.
     *
     * @param x       the input. Not modified.
     * @param codes   room for the codes of all steps, or of two where only the last is wanted. Modified in place.
     * @param drive   room for {@code E x}, {@code [batch, nCode]}. Modified in place.
     * @param scratch of the shape of the drive. Modified in place.
     * @return the last code, a view of {@code codes}
     */
    INDArray forward(INDArray x, Steps codes, INDArray drive, INDArray scratch) {
        INDArray spread = null;
        INDArray previous = null;
        for (int t = 0; t < steps; t++) {
            if (t == 0 || untied()) {
                encoder(t).apply(x, drive, 0);
                spread = shrinkage.prepare(drive, threshold(t));
            }
            INDArray code = codes.step(t);
            if (t == 0) {
                shrinkage.shrink(drive, spread, code, scratch);
            } else {
                code.assign(drive);
                recurrent(t).apply(previous, code, 1);
                shrinkage.shrink(code, spread, code, scratch);
            }
            previous = code;
        }
        return previous;
    }

    /**
     * Back-propagates through all steps.
     *
     * @param x             the input of {@link #forward}. Not modified.
     * @param codes         the codes of all steps. Not modified.
     * @param deltas        room like the codes; the last step's rows hold {@code dL/dz_K}. Modified in place.
     * @param driveGradient room of one step, the gradient with respect to {@code E x} at the end (tied steps). Modified.
     * @param scratch       two arrays of one step. Modified in place.
     * @param gradients     the results. Modified in place.
     * @param inputGradient room for {@code dL/dx}, or null where it is not wanted. Modified in place.
     */
    void backward(
            INDArray x,
            Steps codes,
            Steps deltas,
            INDArray driveGradient,
            INDArray[] scratch,
            Gradients gradients,
            INDArray inputGradient) {
        INDArray thresholdGradient = scratch[1];
        INDArray delta = deltas.step(steps - 1);
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
                finishStep(t, x, driveGradient, thresholdGradient, gradients, inputGradient);
            }
            if (t > 0) {
                if (untied()) {
                    INDArray previous = codes.step(t - 1);
                    recurrent(t)
                            .weightGradient(
                                    previous, delta, Rows.block(gradients.recurrent(), t - 1, delta.size(1)), 0);
                }
                INDArray next = deltas.step(t - 1);
                recurrent(t).adjoint(delta, next, 0);
                delta = next;
            }
        }
        if (steps > 1 && !untied()) {
            recurrent(1).weightGradient(codes.allBut(false), deltas.allBut(true), gradients.recurrent(), 0);
        }
    }

    /** Gradients of E and b, and of x, once the gradient of the drive is complete. */
    private void finishStep(
            int t,
            INDArray x,
            INDArray driveGradient,
            INDArray thresholdGradient,
            Gradients gradients,
            INDArray inputGradient) {
        INDArray encoderGradient =
                untied() ? Rows.block(gradients.encoder(), t, driveGradient.size(1)) : gradients.encoder();
        INDArray target = untied() ? Rows.block(gradients.threshold(), t, 1) : gradients.threshold();
        encoder(t).weightGradient(x, driveGradient, encoderGradient, 0);
        if (shrinkage.isLinearInThreshold()) {
            driveGradient.sum(target, true, 0).negi();
        } else {
            thresholdGradient.sum(target, true, 0);
        }
        if (inputGradient != null) {
            encoder(t).adjoint(driveGradient, inputGradient, untied() && t < steps - 1 ? 1 : 0);
        }
    }

    /** The encoder of a layer's parameters, which are read, not copied. */
    static UnrolledEncoder of(ListaLayer conf, Map<String, INDArray> params) {
        return new UnrolledEncoder(
                conf.getIterations(),
                conf.getShrinkage(),
                operators(params.get(ListaLayer.ENCODER), conf.getNOut()),
                operators(params.get(ListaLayer.RECURRENT), conf.getNOut()),
                params.get(ListaLayer.THRESHOLD));
    }

    private static List<LinearOperator> operators(INDArray stack, long rows) {
        List<LinearOperator> operators = new ArrayList<>();
        for (long k = 0; stack != null && k < stack.size(0) / rows; k++) {
            operators.add(new DenseOperator(Rows.block(stack, k, rows)));
        }
        return operators;
    }
}
