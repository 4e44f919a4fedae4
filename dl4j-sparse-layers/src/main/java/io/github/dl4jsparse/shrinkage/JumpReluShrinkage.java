package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * JumpReLU: a unit above its threshold keeps its whole drive, one below is zero; active units are not shrunk.
 * <p>\[ \eta_\theta(v)_i = v_i\,[v_i > \theta_i], \qquad \frac{\partial z_i}{\partial v_i} = [v_i > \theta_i], \qquad
 * \frac{\partial z_i}{\partial \theta_i} := -\frac{\theta_i}{\epsilon} \Big[\frac{|v_i - \theta_i|}{\epsilon} \lt \tfrac12\Big] \]
 * where epsilon is the bandwidth. The function is constant in the threshold except for a jump: its derivative with
 * respect to the threshold is a straight-through estimate with a rectangular kernel, whose mean over many codes is the
 * derivative of the expected loss. At a threshold of 0 the estimate is zero.
 * <p>Shapes: one threshold a unit, at least 0; codes are not negative.
 * <p>Reference: Rajamanoharan, Lieberum, Sonnerat, Conmy, Varma, Kramar and Nanda, Jumping ahead: improving reconstruction
 * fidelity with JumpReLU sparse autoencoders, arXiv 2407.14435, 2024.
 *
 * @param bandwidth epsilon, finite and &gt; 0: small compared with the drives, but large enough that some fall into it;
 *      0.001 in the paper
 */
public record JumpReluShrinkage(@JsonProperty("bandwidth") double bandwidth) implements Shrinkage {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the bandwidth is not finite and above 0 */
    @JsonCreator
    public JumpReluShrinkage {
        Args.positive("bandwidth", bandwidth);
    }

    @Override
    public boolean isSigned() {
        return false;
    }

    @Override
    public boolean needsDrive() {
        return true;
    }

    /** {@inheritDoc} The active units are those of the penalty's non-negative proximal operator. */
    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        return Shrinkage.unitThresholds(thresholds(units), step, penalty);
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        for (int i = 0; i < v.length; i++) {
            // written so that NaN is kept
            v[i] = v[i] <= thresholds[i] ? 0 : v[i];
        }
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        for (int i = 0; i < code.length; i++) {
            boolean isNear = Math.abs(v[i] - thresholds[i]) < bandwidth / 2;
            thresholdGradient[i] -= isNear ? thresholds[i] / bandwidth * gradient[i] : 0;
            gradient[i] = v[i] <= thresholds[i] ? 0 : gradient[i];
        }
    }
}
