package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Minimises an energy with lateral inhibition over all units at once, by a quadratic majoriser: the energy never
 * increases, for inhibition of any strength.
 * <p>\[ v = z + \tfrac1L D^{\top}(x - D z), \qquad
 * z_i \leftarrow \mathrm{sign}(v_i) \, \frac{\max(0, L |v_i| + \rho |z_i| - q_i)}{L + \rho}, \qquad
 * q_i = 2 \alpha \sum_j S_{ij} |z_j| + \lambda_i \]
 * where {@code L >= lambda_max(D'D)}, {@code rho >= 2 alpha lambda_max(S)} and the rest is as in
 * {@link LateralInhibitionPenalty}; where v is zero the sign is that of z. Without rho it would be ISTA with thresholds
 * that depend on the code, which with strong inhibition oscillates between all units active and none. An iteration is
 * two matrix products for a block of examples; blocks are solved in parallel. At the solution no change of a single
 * unit lowers the energy: it is a local minimum, which depends on the start. The default start is a tenth of
 * {@code D'x}. The stronger the inhibition, the smaller the steps: {@link InhibitionCoordinateDescent} is faster for
 * small batches.
 * <p>Shapes: as in {@link Solver}. Any decoder.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011; Hunter and Lange, A tutorial
 * on MM algorithms, The American Statistician 58, 2004.
 *
 * @param maxIterations cap on iterations, at least 1
 * @param tolerance     relative certificate at which to stop, finite and &gt; 0
 */
public record MajorizedIsta(
        @JsonProperty("maxIterations") int maxIterations, @JsonProperty("tolerance") double tolerance)
        implements Solver {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public MajorizedIsta {
        Args.atLeast("maxIterations", maxIterations, 1);
        Args.positive("tolerance", tolerance);
    }

    @Override
    public Solution solve(Energy energy, INDArray input, @Nullable INDArray start) {
        return MajorizedInhibition.solve(this, energy, input, start);
    }

    @Override
    public boolean supports(Penalty penalty) {
        return penalty instanceof LateralInhibitionPenalty;
    }

    @Override
    public String supported() {
        return InhibitionProblem.supported(this);
    }
}
