package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Iterative shrinkage-thresholding, the algorithm that LISTA unrolls.
 * <p>\[ z \leftarrow \mathrm{prox}_{1/L}\bigl(z - \tfrac1L D^{\top}(D z - x)\bigr), \qquad L \ge \lambda_{\max}(D^{\top} D) \]
 * where prox is the proximal operator of the penalty. The energy never increases, and its excess falls like 1/k.
 * <p>Shapes: as in {@link Solver}. Any penalty with a proximal operator, any decoder. Where rounding in single
 * precision prevents convergence, as with inputs that are reconstructed almost perfectly, the last iterations are in
 * double precision.
 * <p>Reference: Daubechies, Defrise and De Mol, An iterative thresholding algorithm for linear inverse problems with a
 * sparsity constraint, CPAM 57, 2004.
 *
 * @param maxIterations cap on iterations, at least 1
 * @param tolerance     relative certificate at which to stop, finite and &gt; 0
 * @param backtracking  whether L is searched from below instead of computed by power iteration
 */
public record Ista(
        @JsonProperty("maxIterations") int maxIterations,
        @JsonProperty("tolerance") double tolerance,
        @JsonProperty("backtracking") boolean backtracking)
        implements Solver {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public Ista {
        Args.atLeast("maxIterations", maxIterations, 1);
        Args.positive("tolerance", tolerance);
    }

    /** With a fixed step size. */
    public Ista(int maxIterations, double tolerance) {
        this(maxIterations, tolerance, false);
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
                new ProximalGradient.Options(this, false, backtracking, false), energy, input, start);
    }
}
