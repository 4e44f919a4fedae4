package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Coordinate descent over units, or groups of units, with an active set.
 * <p>\[ z_b \leftarrow \mathrm{prox}_{1/L_b}\bigl(z_b + \tfrac{1}{L_b} q_b\bigr), \qquad q = D^{\top} x - D^{\top} D z,
 * \qquad L_b = \lambda_{\max}(D_b^{\top} D_b) \]
 * where b runs over the blocks of the penalty: single units for the L1 norm, whose update is exact, and groups for a group
 * norm. A batch is solved in blocks of examples in parallel, whose correlations are one matrix product. Then each input
 * is solved separately, on a small set of blocks that is extended by those with the largest violation of optimality,
 * until the duality gap over all units is small, or, where the penalty has no dual norm, the distance to the
 * sub-differential.
 * <p>Shapes: as in {@link Solver}. Dense decoders and penalties that separate over blocks. Updates, energies and
 * certificate are in double precision for any data type, and those of the codes before rounding to it. For tolerances
 * of 1e-4 and above, slopes in single precision select the blocks. The unit of an atom of zeros stays zero.
 * <p>Reference: Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via coordinate descent,
 * J. Statistical Software 33, 2010; Massias, Gramfort and Salmon, Celer: a fast solver for the lasso with dual
 * extrapolation, ICML 2018.
 *
 * @param maxIterations largest number of rounds, each a solution on the active set and a check of all blocks, at least
 *      1
 * @param tolerance     relative certificate at which to stop, finite and &gt; 0
 */
public record CoordinateDescent(
        @JsonProperty("maxIterations") int maxIterations, @JsonProperty("tolerance") double tolerance)
        implements Solver {
    private static final long serialVersionUID = 1;
    /** Examples of a block; their correlations with 1,024 atoms are 1 MB. */
    private static final int EXAMPLES = 128;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public CoordinateDescent {
        Args.atLeast("maxIterations", maxIterations, 1);
        Args.positive("tolerance", tolerance);
    }

    @Override
    public Solution solve(Energy energy, INDArray input, @Nullable INDArray start) {
        return SerialNative.get(() -> solveBlocks(energy, input, start)).reported(this);
    }

    private Solution solveBlocks(Energy energy, INDArray input, INDArray start) {
        requireSupport(energy.penalty());
        Energy wide = DoublePrecision.ofDecoder(energy);
        INDArray gram = Quadratic.gram(wide, this);
        BlockProblem problem = new BlockProblem(gram, energy.predictionWeight(), (BlockSeparable) energy.penalty());
        return new ExampleBlocks(wide, input, EXAMPLES)
                .solve(start, (own, inputs, starts) -> solve(DoublePrecision.of(own, inputs, starts), gram, problem));
    }

    /** Solves a block of examples. */
    private Solution solve(DoublePrecision wide, INDArray gram, BlockProblem problem) {
        Quadratic quadratic =
                Quadratic.withGram(wide.energy(), wide.input(), gram).requireFinite();
        INDArray start = wide.start() == null ? null : Energy.rows(wide.start());
        SolverRows rows =
                new SolverRows(quadratic, wide.type()).solve(new BlockRow(problem, maxIterations, tolerance), start);
        return wide.narrowed(rows.solution(problem.certificate(), rows.worst(), tolerance));
    }

    @Override
    public boolean supports(Penalty penalty) {
        return penalty instanceof BlockSeparable;
    }

    @Override
    public String supported() {
        return "a sum over disjoint blocks for CoordinateDescent (use Fista for others)";
    }
}
