package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.check.Args;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Coordinate descent for an energy with lateral inhibition, with exact minimisation over each unit: the energy never
 * increases.
 * <p>\[ z_i \leftarrow \mathrm{sign}(c_i) \, \frac{\max(0, |c_i| - q_i)}{\lVert d_i \rVert^2 + 2 \alpha S_{ii}}, \qquad
 * c_i = d_i^{\top}(x - D z) + \lVert d_i \rVert^2 z_i, \qquad q_i = 2 \alpha \sum_{j \ne i} S_{ij} |z_j| + \lambda_i \]
 * where d_i are the atoms of D and the rest is as in {@link LateralInhibitionPenalty}. Inputs are solved separately and
 * in parallel. At the solution no change of a single unit lowers the energy: it is a local minimum, which depends on
 * the start. The default start is a tenth of {@code D'x}: from zero, the first units would not be inhibited.
 * <p>Shapes: as in {@link Solver}. Dense decoders. The arithmetic is in double precision for any data type. A unit
 * whose atom and diagonal are zero stays zero.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011; Wu and Lange, Coordinate
 * descent algorithms for lasso penalized regression, Annals of Applied Statistics 2, 2008.
 *
 * @param maxIterations cap on passes over all units, at least 1
 * @param tolerance     relative certificate at which to stop, finite and &gt; 0
 */
public record InhibitionCoordinateDescent(
        @JsonProperty("maxIterations") int maxIterations, @JsonProperty("tolerance") double tolerance)
        implements Solver {
    private static final long serialVersionUID = 1;
    /** Examples of a block. */
    private static final int EXAMPLES = 32;

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public InhibitionCoordinateDescent {
        Args.atLeast("maxIterations", maxIterations, 1);
        Args.positive("tolerance", tolerance);
    }

    @Override
    public Solution solve(Energy energy, INDArray input, @Nullable INDArray start) {
        return SerialNative.get(() -> solveBlocks(energy, input, start)).reported(this);
    }

    private Solution solveBlocks(Energy energy, INDArray input, INDArray start) {
        LateralInhibitionPenalty penalty = InhibitionProblem.requireSupport(energy.penalty(), this);
        Energy wide = DoublePrecision.ofDecoder(energy);
        INDArray gram = Quadratic.gram(wide, this);
        InhibitionProblem problem = new InhibitionProblem(gram, energy.predictionWeight(), penalty);
        return new ExampleBlocks(wide, input, EXAMPLES)
                .solve(
                        start,
                        (own, inputs, starts) ->
                                solve(DoublePrecision.of(own, inputs, starts), gram, problem, penalty));
    }

    /** Solves a block of examples. */
    private Solution solve(
            DoublePrecision wide, INDArray gram, InhibitionProblem problem, LateralInhibitionPenalty penalty) {
        Quadratic quadratic =
                Quadratic.withGram(wide.energy(), wide.input(), gram).requireFinite();
        INDArray code = InhibitionProblem.start(quadratic, penalty, wide.start());
        // the other half is an allowance for rounding errors in values that a row updates incrementally
        SolverRows rows = new SolverRows(quadratic, DataType.DOUBLE)
                .solve(new InhibitionRow(problem, maxIterations, tolerance / 2), code);
        Certifier certifier = new Certifier(quadratic, penalty);
        return wide.narrowed(rows.solution(certifier.kind(), certifier.worst(rows.code()), tolerance));
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
