package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Subdifferentiable;
import io.github.dl4jsparse.internal.backend.SerialNative;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.math.UnitVectors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.LoggerFactory;

/**
 * Back-propagates through the minimiser of an energy without unrolling the solver: near a minimiser the active units
 * are smooth functions of the input and the others stay zero.
 * <p>\[ (D_A^{\top} D_A + \alpha I + H_{AA}) \, u_A = g_A, \qquad u_{\bar A} = 0 \]
 * where A is the active set, H the Hessian of the penalty there and g the gradient of a loss with respect to the code. The
 * loss then has the gradient {@code D u} with respect to x, and {@code (x - D z) u' - (D u) z'} with respect to D. The
 * systems of a block of examples are solved together by conjugate gradients, one product with the Gram matrix each.
 * Where active atoms are linearly dependent up to rounding, u is the solution of smallest norm of that example, by the
 * eigenvalues of its matrix: two equal atoms share the gradient of one. Where the matrix is indefinite, as can happen
 * with penalties that are not convex, the code is a stationary point but not a minimum: u is still the derivative of
 * that point, and a warning with the number of such codes is logged.
 * <p>Shapes: {@code z, g, u: [batch, nCode]}.
 * <p>Reference: Bach and Mairal, Differentiable sparse coding, NIPS 2008; Mairal, Bach and Ponce, Task-driven dictionary
 * learning, PAMI 34, 2012.
 */
final class ImplicitDifferentiation {
    /** Examples of a block. */
    private static final int EXAMPLES = 64;

    private ImplicitDifferentiation() {}

    /**
     * Solves for u.
     *
     * @param energy   whose minimiser the code is, with a penalty whose sub-differential is known
     * @param input    x. Not modified.
     * @param code     z. Not modified.
     * @param gradient g. Not modified.
     * @return u, a new array, exactly zero where the code is; NaN in gives NaN or zeros out
     * @throws IllegalArgumentException if the penalty is of another kind or shapes differ
     */
    public static INDArray solve(Energy energy, INDArray input, INDArray code, INDArray gradient) {
        Answer answer = answer(energy, input, code, gradient);
        if (answer.saddles() > 0) {
            LoggerFactory.getLogger(ImplicitDifferentiation.class)
                    .warn(
                            "{} of {} codes are no minima of the energy: it curves downwards on their active units; let the "
                                    + "solver go on for longer, or from another start",
                            answer.saddles(),
                            code.size(0));
        }
        return answer.solution();
    }

    /**
     * The result of {@link #solve}.
     *
     * @param solution u
     * @param saddles  the number of codes along whose active units the energy curves downwards
     */
    record Answer(INDArray solution, int saddles) {}

    /** Solves blocks of examples in parallel. */
    static Answer answer(Energy energy, INDArray input, INDArray code, INDArray gradient) {
        Subdifferentiable penalty = requireSupport(energy.penalty());
        Shapes.same("gradient", gradient, "code", code);
        return SerialNative.get(() -> answer(energy, penalty, input, code, gradient));
    }

    private static Answer answer(
            Energy energy, Subdifferentiable penalty, INDArray input, INDArray code, INDArray gradient) {
        SharedGram shared = new SharedGram(energy, input.dataType(), input.shape());
        shared.gram();
        ExampleBlocks blocks = new ExampleBlocks(energy, input, EXAMPLES);
        INDArray solution =
                Nd4j.createUninitialized(code.dataType(), Energy.rows(code).shape(), 'c');
        int[] saddles = new int[blocks.count()];
        blocks.forEach(
                (b, own, inputs, arrays) -> {
                    Quadratic quadratic = Quadratic.of(own, inputs, shared);
                    Answer part = answer(quadratic, own, penalty, arrays[0], arrays[1]);
                    blocks.rows(b, solution).assign(part.solution());
                    saddles[b] = part.saddles();
                },
                code,
                gradient);
        return new Answer(solution, IntStream.of(saddles).sum());
    }

    private static Answer answer(
            Quadratic quadratic, Energy energy, Subdifferentiable penalty, INDArray code, INDArray gradient) {
        boolean isDouble = code.dataType() == DataType.DOUBLE;
        double precision = isDouble ? 1e-26 : 1e-12;
        double weak = isDouble ? 1e-8 : 1e-4;
        INDArray active = code.neq(0).castTo(code.dataType());
        INDArray solution = quadratic.newCode().assign(0);
        INDArray residual = unitRows(gradient.mul(active));
        INDArray scaled = residual.dup('c');
        INDArray direction = residual.dup('c');
        INDArray image = quadratic.newCode();
        double[] squares = rowDots(residual, residual);
        double[] largest = new double[squares.length];
        boolean[] flat = new boolean[squares.length];
        long mostActive = active.sum(1).maxNumber().longValue();
        for (long k = 0; k < 2 * mostActive + 10 && !isSmall(squares, precision); k++) {
            quadratic.product(direction, image);
            penalty.addHessianProduct(code, direction, image);
            image.muli(active);
            double[] curvature = rowDots(direction, image);
            double[] sizes = rowDots(direction, direction);
            for (int i = 0; i < flat.length; i++) {
                largest[i] = Math.max(largest[i], curvature[i] / sizes[i]);
                // no step that is mostly rounding, or uphill
                flat[i] |= squares[i] > precision && curvature[i] / sizes[i] <= weak * largest[i];
                curvature[i] = flat[i] ? 0 : curvature[i];
            }
            INDArray steps = ratios(squares, curvature, code.dataType());
            solution.addi(direction.mulColumnVector(steps));
            residual.subi(image.mulColumnVector(steps));
            double[] next = rowDots(residual, residual);
            direction.muliColumnVector(ratios(next, squares, code.dataType())).addi(residual);
            for (int i = 0; i < flat.length; i++) {
                squares[i] = flat[i] ? 0 : next[i];
            }
        }
        int saddles = solveExactly(energy, penalty, code, unsolved(flat, squares, precision), scaled, solution);
        return new Answer(scaledBy(Norms.rows(gradient.mul(active)), solution), saddles);
    }

    /** Rows of norm 1, so that no square over- or underflows; a new array. */
    private static INDArray unitRows(INDArray rows) {
        INDArray unit = rows.dup('c');
        UnitVectors.rows(unit);
        return unit;
    }

    private static INDArray scaledBy(double[] norms, INDArray rows) {
        return rows.muliColumnVector(
                Nd4j.createFromArray(norms).castTo(rows.dataType()).reshape(norms.length, 1));
    }

    /** Rows at which conjugate gradients stopped early. */
    private static boolean[] unsolved(boolean[] flat, double[] squares, double precision) {
        boolean[] rows = new boolean[flat.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = flat[i] || squares[i] > precision;
        }
        return rows;
    }

    /** Writes the solutions of some rows by a direct solver; returns how many of them are saddle points. */
    private static int solveExactly(
            Energy energy,
            Subdifferentiable penalty,
            INDArray code,
            boolean[] rows,
            INDArray gradients,
            INDArray solution) {
        int saddles = 0;
        MinimumNorm exact = null;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i]) {
                exact = exact == null ? new MinimumNorm(energy, penalty, code.dataType()) : exact;
                MinimumNorm.Answer one = exact.solve(code, i, HostArrays.doubles(Rows.of(gradients, i, 1)));
                HostArrays.write(one.solution(), Rows.of(solution, i, 1));
                saddles += one.isSaddle() ? 1 : 0;
            }
        }
        return saddles;
    }

    /**
     * Checks that a minimiser with this penalty can be differentiated.
     *
     * @return the penalty
     * @throws IllegalArgumentException if its sub-differential is not known
     */
    public static Subdifferentiable requireSupport(Penalty penalty) {
        if (penalty instanceof Subdifferentiable known) {
            return known;
        }
        throw Args.failure(
                "penalty",
                "one with a proximal operator, or lateral inhibition",
                penalty.getClass().getSimpleName());
    }

    private static boolean isSmall(double[] squares, double precision) {
        return Arrays.stream(squares).noneMatch(square -> square > precision);
    }

    private static double[] rowDots(INDArray a, INDArray b) {
        return HostArrays.doubles(a.mul(b).sum(true, 1));
    }

    /** Quotients as a column; 0 where a row is finished. */
    private static INDArray ratios(double[] numerators, double[] denominators, DataType type) {
        double[] ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = denominators[i] != 0 ? numerators[i] / denominators[i] : 0;
        }
        return Nd4j.create(ratios, new long[] {ratios.length, 1}, DataType.DOUBLE)
                .castTo(type);
    }
}
