package io.github.dl4jsparse.shrinkage;

import io.github.dl4jsparse.energy.DifferentiableProximal;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The proximal operator of any penalty as a shrinkage: of disjoint or overlapping groups, sparse groups, trees, top-k.
 * <p>\[ \eta_t(v) = \mathrm{prox}_t(v) = \arg\min_z \tfrac12 \lVert z - v \rVert_2^2 + t\,\mathrm{penalty}(z) \]
 * where the only threshold is t, the step of the operator, whose first value is the step of the unrolled iteration: an
 * untrained encoder is ISTA with this penalty. Zeros are exact, as those of the operator: whole groups, and whole
 * branches below a zero node of a tree. Gradients are those of {@link DifferentiableProximal}.
 * <p>Shapes: codes {@code [penalty.units()]}, one threshold, at least 0.
 * <p>Errors: a penalty whose proximal operator has no derivative is refused.
 * <p>Reference: Monga, Li and Eldar, Algorithm unrolling, IEEE Signal Processing Magazine 38, 2021.
 *
 * @param penalty a {@link DifferentiableProximal}, as all penalties of this library are that have a proximal operator
 */
public record ProximalShrinkage(@JsonProperty("penalty") Proximal penalty) implements Shrinkage {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the penalty is not given, or its proximal operator has no derivative */
    @JsonCreator
    public ProximalShrinkage {
        if (!(Args.given("penalty", penalty) instanceof DifferentiableProximal)) {
            throw Args.failure(
                    "penalty",
                    "a DifferentiableProximal, so that gradients go back through its proximal operator (implement that, or"
                            + " RowPenalty, which brings it by conjugate gradients)",
                    penalty.getClass().getSimpleName());
        }
    }

    private DifferentiableProximal differentiable() {
        return (DifferentiableProximal) penalty;
    }

    @Override
    public long units() {
        return penalty.units();
    }

    @Override
    public int thresholds(int units) {
        Shrinkage.super.thresholds(units);
        return 1;
    }

    @Override
    public boolean isThresholdOfUnit() {
        return false;
    }

    /** {@inheritDoc} Whether the penalty is finite for negative units. */
    @Override
    public boolean isSigned() {
        INDArray code = Nd4j.zeros(1, Math.max(1, penalty.units()));
        return Double.isFinite(penalty.value(code.putScalar(0, -1)));
    }

    @Override
    public boolean needsDrive() {
        return true;
    }

    /** {@inheritDoc} The step, whatever the penalty of the energy. */
    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        thresholds(units);
        StartThresholds.check(units, step, penalty);
        return new double[] {step};
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        differentiable().proxOf(v, thresholds[0]);
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        thresholdGradient[0] += differentiable().proxAdjointOf(v, code, thresholds[0], gradient);
    }

    @Override
    public ProximalShrinkage restrictedTo(int[] kept) {
        if (penalty.restrictedTo(kept) instanceof Proximal restricted) {
            return new ProximalShrinkage(restricted);
        }
        throw Args.failure("penalty", "proximal where only some units are kept", penalty);
    }

    @Override
    public int[] keptThresholds(int[] kept) {
        Shrinkage.super.keptThresholds(kept);
        return new int[] {0};
    }
}
