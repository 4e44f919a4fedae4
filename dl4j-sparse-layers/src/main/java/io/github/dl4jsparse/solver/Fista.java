package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link Ista} with Nesterov's momentum.
 * <p>\[ z_k = \mathrm{prox}_{1/L}\bigl(y_k - \tfrac1L D^{\top}(D y_k - x)\bigr), \qquad
 * y_{k+1} = z_k + \frac{t_k - 1}{t_{k+1}} (z_k - z_{k-1}), \qquad t_{k+1} = \tfrac12 \bigl(1 + \sqrt{1 + 4 t_k^2}\bigr) \]
 * The energy falls like 1/k^2. With restart, the momentum of an example is reset whenever a step goes against it,
 * {@code <y_k - z_k, z_k - z_(k-1)> > 0}, which makes the convergence linear where the energy is strongly convex on the
 * active units.
 * <p>Shapes: as in {@link Solver}. Any penalty with a proximal operator, any decoder. Where rounding in single
 * precision prevents convergence, as with inputs that are reconstructed almost perfectly, the last iterations are in
 * double precision.
 * <p>Reference: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse problems, SIAM
 * J. Imaging Sciences 2, 2009; O'Donoghue and Candes, Adaptive restart for accelerated gradient schemes, Foundations of
 * Computational Mathematics 15, 2015.
 *
 * @param maxIterations cap on iterations, at least 1
 * @param tolerance     relative certificate at which to stop, finite and &gt; 0; or 0 for all iterations, see {@link #steps}
 * @param backtracking  whether L is searched from below instead of computed by power iteration
 * @param restart       whether momentum is reset where a step goes against it
 */
public record Fista(
        @JsonProperty("maxIterations") int maxIterations,
        @JsonProperty("tolerance") double tolerance,
        @JsonProperty("backtracking") boolean backtracking,
        @JsonProperty("restart") boolean restart)
        implements Solver {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public Fista {
        Args.atLeast("maxIterations", maxIterations, 1);
        if (tolerance != 0) {
            Args.positive("tolerance", tolerance);
        }
    }

    /** With a fixed step size and restart. */
    public Fista(int maxIterations, double tolerance) {
        this(maxIterations, tolerance, false, true);
    }

    /**
     * A fixed number of steps, without a convergence check and its warning. The code of an example does not depend on
     * the others of its batch. Codes of few steps are less sparse than those at the minimum, which may help a
     * classifier with few labels.
     *
     * @param steps at least 1
     */
    public static Fista steps(int steps) {
        return new Fista(steps, 0, false, false);
    }

    @Override
    public boolean supports(Penalty penalty) {
        return ProximalGradient.supports(penalty);
    }

    @Override
    public String supported() {
        return ProximalGradient.supported(this);
    }

    @Override
    public Solution solve(Energy energy, INDArray input, @Nullable INDArray start) {
        return ProximalGradient.solve(
                new ProximalGradient.Options(this, true, backtracking, restart), energy, input, start);
    }
}
