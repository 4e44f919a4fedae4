package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Shrinkage;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The unrolled recurrence and its adjoint, on any linear operators. Threads may use one at the same time, each with the buffers
 * of a block of its own; the gradients of the weights are {@link UnrolledGradients}'.
 * <p>\[ v_t = E_t x + S_t z_{t-1}, \qquad z_t = h_{b_t}(v_t), \qquad t = 1 \dots K \]
 * \[ \delta_t = h'(v_t) \odot \partial L / \partial z_t, \qquad \partial L / \partial z_{t-1} = S_t^{\top} \delta_t \]
 * where tied steps share E, S and b: E is then applied once.
 * <p>Shapes: {@code x} as the encoders take it; codes and deltas {@code [rows, nCode]} a step.
 */
final class UnrolledEncoder {
    private final int steps;
    private final boolean soft;
    private final List<LinearOperator> encoders;
    private final RecurrentMap recurrent;
    private final List<StepLoops> loops = new ArrayList<>();

    /**
     * @param encoders   E, one for all steps or one a step
     * @param recurrent  S
     * @param thresholds b, {@code [1, nCode]} or {@code [steps, nCode]}. Not modified.
     */
    UnrolledEncoder(
            int steps,
            Shrinkage shrinkage,
            List<LinearOperator> encoders,
            RecurrentMap recurrent,
            INDArray thresholds) {
        this.steps = steps;
        this.soft = shrinkage == Shrinkage.SOFT;
        this.encoders = encoders;
        this.recurrent = recurrent;
        for (int t = 0; t < thresholds.size(0); t++) {
            loops.add(new StepLoops(shrinkage, Rows.block(thresholds, t, 1)));
        }
    }

    int steps() {
        return steps;
    }

    boolean isUntied() {
        return encoders.size() > 1;
    }

    RecurrentMap recurrent() {
        return recurrent;
    }

    LinearOperator encoder(int step) {
        return encoders.get(isUntied() ? step : 0);
    }

    private StepLoops loops(int step) {
        return loops.get(loops.size() > 1 ? step : 0);
    }

    /**
     * Runs all steps.
     *
     * @param x       of the block. Not modified.
     * @param buffers of the block. Modified in place.
     * @param codes   of all steps, or of two at a time where only the last is wanted. Modified in place.
     * @return the last code, one of {@code codes}
     */
    INDArray forward(INDArray x, BlockBuffers buffers, Steps codes) {
        INDArray drive = buffers.drive();
        INDArray previous = null;
        for (int t = 0; t < steps; t++) {
            INDArray code = codes.step(t);
            if (t == 0 || isUntied()) {
                encoder(t).apply(x, drive, 0);
                loops(t).prepare(drive);
            }
            if (t == 0) {
                loops(t).first(drive, code);
            } else {
                recurrent.apply(t, previous, code, buffers);
                loops(t).next(code, drive, recurrent.leavesOutIdentity() ? previous : null);
            }
            previous = code;
        }
        return previous;
    }

    /**
     * Back-propagates through all steps. At the end the buffers hold the deltas of all steps and the gradient of the drive, which for
     * untied steps is that of the first.
     *
     * @param buffers       after {@link #forward}; the last delta is {@code dL/dz_K}. Modified in place.
     * @param codes         those of the forward pass. Not modified.
     * @param inputGradient overwritten with {@code dL/dx}; null where it is not wanted
     * @return gradients of the thresholds, {@code [1][nCode]} or {@code [steps][nCode]}
     */
    double[][] backward(BlockBuffers buffers, Steps codes, INDArray inputGradient) {
        Steps deltas = buffers.deltas();
        double[][] thresholds = new double[loops.size()][];
        for (int t = steps - 1; t >= 0; t--) {
            INDArray delta = deltas.step(t);
            boolean last = t == steps - 1;
            boolean fresh = last || isUntied();
            INDArray leftOut = !last && recurrent.leavesOutIdentity() ? deltas.step(t + 1) : null;
            StepLoops.back(delta, buffers.drive(), fresh, codes.step(t), leftOut);
            if (soft) {
                add(thresholds, t, StepLoops.signedSums(delta, codes.step(t)));
            } else if (t == 0 || isUntied()) {
                add(thresholds, t, StepLoops.sums(buffers.drive()));
            }
            if (inputGradient != null && (t == 0 || isUntied())) {
                encoder(t).adjoint(buffers.drive(), inputGradient, last || !isUntied() ? 0 : 1);
            }
            if (t > 0) {
                recurrent.adjoint(t, delta, deltas.step(t - 1), buffers);
            }
        }
        return thresholds;
    }

    /** Adds a step's part of the gradient of the thresholds, which are subtracted. */
    private void add(double[][] thresholds, int step, double[] sums) {
        int own = isUntied() ? step : 0;
        if (thresholds[own] == null) {
            thresholds[own] = new double[sums.length];
        }
        for (int i = 0; i < sums.length; i++) {
            thresholds[own][i] -= sums[i];
        }
    }
}
