package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Allows at most k units of a code to be active; the value is otherwise 0.
 * <p>\[ 0 \text{ if } \lVert z \rVert_0 \le k, \text{ else } \infty, \qquad
 * \mathrm{prox}_t(v) = \text{the k entries of v of largest magnitude, 0 elsewhere} \]
 * for every t; of equal magnitudes the units of lowest index stay. The non-negative kind is infinite where a unit is
 * negative and keeps the k largest positive entries.
 * <p>The set of such codes is not convex: the proximal operator is not non-expansive, a solver finds fixed points and no
 * certified minima. The gradient is 0. The sub-differential is the regular normal cone.
 * <p>Shapes: {@code z: [batch, nCode]}.
 * <p>Reference: Blumensath and Davies, Iterative thresholding for sparse approximations, J. Fourier Anal. Appl. 14, 2008.
 *
 * @param k           the most active units, at least 1
 * @param nonNegative whether units may not be negative
 */
public record TopKPenalty(
        @JsonProperty("k") int k,
        @JsonProperty("nonNegative") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean nonNegative)
        implements RowPenalty {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if k is less than 1 */
    @JsonCreator
    public TopKPenalty {
        Args.atLeast("k", k, 1);
    }

    /** At most k active units of either sign. */
    public TopKPenalty(int k) {
        this(k, false);
    }

    /** This penalty on codes that may not be negative. */
    public TopKPenalty asNonNegative() {
        return new TopKPenalty(k, true);
    }

    @Override
    public Optional<Penalty> onNonNegativeCodes() {
        return Optional.of(asNonNegative());
    }

    private static int active(double[] code) {
        int count = 0;
        for (double value : code) {
            count += value == 0 ? 0 : 1;
        }
        return count;
    }

    private boolean isAllowed(double[] code) {
        return active(code) <= k && !(nonNegative && Arrays.stream(code).anyMatch(value -> value < 0));
    }

    @Override
    public double valueOf(double[] code) {
        return isAllowed(code) ? 0 : Double.POSITIVE_INFINITY;
    }

    @Override
    public void gradientOf(double[] code, double[] gradient) {
        // the Hessian is zero where the penalty is finite
    }

    @Override
    public void hessianProductOf(double[] code, double[] direction, double[] result) {
        // the Hessian is zero where the penalty is finite
    }

    @Override
    public void proxOf(double[] code, double step) {
        double[] magnitudes = new double[code.length];
        for (int i = 0; i < code.length; i++) {
            code[i] = nonNegative ? Math.max(0, code[i]) : code[i];
            magnitudes[i] = Math.abs(code[i]);
        }
        if (k >= code.length) {
            return;
        }
        Arrays.sort(magnitudes);
        double least = magnitudes[code.length - k];
        int equals = 0;
        for (int i = code.length - k; i < code.length && magnitudes[i] == least; i++) {
            equals++;
        }
        for (int i = 0; i < code.length; i++) {
            double magnitude = Math.abs(code[i]);
            if (magnitude < least || magnitude == least && equals-- <= 0) {
                code[i] = 0;
            }
        }
    }

    /**
     * {@inheritDoc} The gradient of the units that are kept; the operator is not differentiable where magnitudes are
     * equal.
     */
    @Override
    public double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        for (int i = 0; i < code.length; i++) {
            gradient[i] = code[i] == 0 ? 0 : gradient[i];
        }
        return 0;
    }

    @Override
    public void proxOfKinks(double[] code, double[] point) {
        boolean allowed = isAllowed(code);
        boolean full = active(code) >= k;
        for (int i = 0; i < code.length; i++) {
            if (!allowed) {
                point[i] = Double.POSITIVE_INFINITY;
            } else if (code[i] == 0) {
                point[i] = full ? 0 : nonNegative ? Math.max(0, point[i]) : point[i];
            }
        }
    }
}
