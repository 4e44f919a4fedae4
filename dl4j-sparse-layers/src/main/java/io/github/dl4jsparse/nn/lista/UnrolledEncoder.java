package io.github.dl4jsparse.nn.lista;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The unrolled recurrence and its adjoint, for any combination of the five choices. Several threads may use one object
 * at the same time, each with the buffers of its own block.
 * <p>\[ v_k = z_k + \beta_k (z_k - z_{k-1}), \qquad u_k = \mathrm{coupling}_k(x, v_k), \qquad z_{k+1} = \eta_{\theta_k}(u_k),
 * \qquad k = 0 \dots K-1 \]
 * \[ \delta_k = \eta_{\theta_k}'(u_k)^{\top}\, \partial L / \partial z_{k+1} \]
 * where the coupling may add the same drive E x in all steps: it is then computed once.
 * <p>Shapes: {@code x: [batch, elements of an image]}; codes and deltas {@code [rows, nCode]} a step.
 */
final class UnrolledEncoder {
    private final int steps;
    private final CoupledSteps coupled;
    /** The encoders of the drive; null for none. */
    private final StepEncoders encoders;

    private final MomentumSteps momentum;
    private final List<ShrinkingStep> shrinking;

    /**
     * @param momentum  null for none
     * @param shrinking one for all steps, or one per step
     */
    UnrolledEncoder(int steps, CoupledSteps coupled, MomentumSteps momentum, List<ShrinkingStep> shrinking) {
        this.steps = steps;
        this.coupled = coupled;
        this.encoders = coupled.encoders();
        this.momentum = momentum;
        this.shrinking = shrinking;
    }

    int steps() {
        return steps;
    }

    /**
     * Writes the gradients of all weights of the steps except thresholds and momentum.
     *
     * @param blocks    of the batch, after the backward pass of each
     * @param gradients of all parameters, that of the decoder's weights through the reconstruction in it. Modified in place.
     */
    void writeGradients(List<UnrolledBlock> blocks, Map<String, INDArray> gradients) {
        if (encoders != null) {
            encoders.writeGradient(blocks, gradients);
        }
        coupled.writeGradients(blocks, gradients);
    }

    private ShrinkingStep shrinking(int step) {
        return shrinking.get(shrinking.size() > 1 ? step : 0);
    }

    private boolean hasFreshDrive(int step) {
        return encoders != null && (step == 0 || encoders.areUntied());
    }

    private static INDArray kept(BlockBuffers buffers, int step) {
        return buffers.drives() == null ? null : buffers.drives().step(step);
    }

    /**
     * Runs all steps.
     *
     * @param x       of the block. Not modified.
     * @param buffers of the block. Modified in place.
     * @param codes   of all steps, or two arrays for alternating steps where only the last code is needed. Modified in
     *      place.
     * @return the last code, one of {@code codes}
     */
    INDArray forward(INDArray x, BlockBuffers buffers, Steps codes) {
        INDArray drive = encoders == null ? null : buffers.drive();
        INDArray code = null;
        INDArray before = null;
        for (int t = 0; t < steps; t++) {
            if (hasFreshDrive(t)) {
                encoders.drive(t, x, drive);
                shrinking(t).prepare(drive);
            }
            INDArray next = codes.step(t);
            if (t == 0 && encoders != null) {
                shrinking(t).first(drive, next, kept(buffers, t));
            } else {
                INDArray point = point(t, code, before, buffers);
                coupled.apply(t, x, point, next, buffers);
                shrinking(t).next(next, drive, coupled.leavesOutIdentity() ? point : null, kept(buffers, t));
            }
            before = code;
            code = next;
        }
        return code;
    }

    private INDArray point(int step, INDArray code, INDArray before, BlockBuffers buffers) {
        if (step == 0 || momentum == null) {
            return code;
        }
        INDArray point = buffers.points().step(step);
        momentum.point(step, code, before, point);
        return point;
    }

    /**
     * Back-propagates through all steps. At the end the buffers hold the deltas of all steps and the gradient of the drive, which for
     * untied steps is that of the first.
     *
     * @param x             the argument of {@link #forward}. Not modified.
     * @param buffers       after {@link #forward}; the last delta is {@code dL/dz_K}. Modified in place.
     * @param codes         those of the forward pass. Not modified.
     * @param inputGradient overwritten with {@code dL/dx}; null if it is not needed
     * @return gradients of the thresholds, one row where steps share them, else one per step
     */
    double[][] backward(INDArray x, BlockBuffers buffers, Steps codes, INDArray inputGradient) {
        Steps deltas = buffers.deltas();
        INDArray driveGradient = encoders == null ? null : buffers.drive();
        double[][] thresholds = new double[shrinking.size()][];
        INDArray carried = null;
        for (int t = steps - 1; t >= 0; t--) {
            INDArray delta = deltas.step(t);
            boolean last = t == steps - 1;
            boolean adds = !last && momentum == null && coupled.leavesOutIdentity();
            double[] ofStep = shrinking(t)
                    .back(
                            delta,
                            driveGradient,
                            last || encoders != null && encoders.areUntied(),
                            codes.step(t),
                            adds ? deltas.step(t + 1) : null,
                            kept(buffers, t));
            if (ofStep != null) {
                add(thresholds, t, ofStep, 1);
            } else if (hasFreshDrive(t)) {
                add(thresholds, t, StepLoops.sums(driveGradient), -1);
            }
            INDArray before = t == 0 ? null : deltas.step(t - 1);
            if (encoders != null) {
                encoders.adjoint(t, inputGradient, buffers);
            }
            if (encoders == null || t > 0) {
                coupled.adjoint(t, x, delta, before, inputGradient, buffers);
            }
            if (t > 0 && momentum != null) {
                carried = momentum(t, before, delta, carried, codes, buffers);
            }
        }
        return thresholds;
    }

    /** Propagates the gradient with respect to the point of a step to the codes that it was computed from. */
    private INDArray momentum(
            int step, INDArray onPoint, INDArray delta, INDArray carried, Steps codes, BlockBuffers buffers) {
        if (coupled.leavesOutIdentity()) {
            StepLoops.add(onPoint, delta);
        }
        INDArray whole = onPoint.dup('c');
        momentum.back(
                step,
                onPoint,
                codes.step(step - 1),
                step > 1 ? codes.step(step - 2) : null,
                carried == null ? onPoint : carried,
                buffers.momenta());
        return whole;
    }

    /** Adds a step's part of the gradient of the thresholds. */
    private void add(double[][] thresholds, int step, double[] part, int sign) {
        int own = shrinking.size() > 1 ? step : 0;
        if (thresholds[own] == null) {
            thresholds[own] = new double[part.length];
        }
        for (int i = 0; i < part.length; i++) {
            thresholds[own][i] += sign * part[i];
        }
    }
}
