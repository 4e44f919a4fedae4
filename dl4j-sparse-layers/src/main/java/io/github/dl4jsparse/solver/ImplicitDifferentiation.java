package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.math.HostArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Back-propagates through the minimiser of an energy without unrolling the solver: near a minimiser the active units move
 * smoothly and the others stay zero.
 * <p>\[ (D_A^{\top} D_A + \alpha I + H_{AA}) \, u_A = g_A, \qquad u_{\bar A} = 0 \]
 * where A is the active set, H the Hessian of the penalty there and g the gradient of a loss with respect to the code. The
 * loss then has the gradient {@code D u} with respect to x, and {@code (x - D z) u' - (D u) z'} with respect to D. The
 * systems of a batch are solved together by conjugate gradients, one product with the Gram matrix each. Where active atoms
 * are linearly dependent, a ridge of some ten times the machine's precision keeps the solution finite.
 * <p>Shapes: {@code z, g, u: [batch, nCode]}.
 * <p>Reference: Bach and Mairal, Differentiable sparse coding, NIPS 2008; Mairal, Bach and Ponce, Task-driven dictionary
 * learning, PAMI 34, 2012.
 */
public final class ImplicitDifferentiation {
    private ImplicitDifferentiation() {}

    /**
     * Solves for u.
     *
     * @param energy   whose minimiser the code is, with a proximal penalty
     * @param input    x. Not modified.
     * @param code     z. Not modified.
     * @param gradient g. Not modified.
     * @return u, a new array, exactly zero where the code is; NaN in gives NaN or zeros out
     * @throws IllegalArgumentException if the penalty has no proximal operator or shapes differ
     */
    public static INDArray solve(Energy energy, INDArray input, INDArray code, INDArray gradient) {
        Proximal penalty = requireSupport(energy.penalty());
        Shapes.same("gradient", gradient, "code", code);
        Quadratic quadratic = Quadratic.of(energy, input);
        INDArray active = code.neq(0).castTo(code.dataType());
        double ridge = code.dataType() == DataType.DOUBLE ? 1e-14 : 1e-6;
        INDArray solution = quadratic.newCode().assign(0);
        INDArray residual = gradient.mul(active).dup('c');
        INDArray direction = residual.dup('c');
        INDArray image = quadratic.newCode();
        double[] squares = rowDots(residual, residual);
        double[] first = squares.clone();
        double precision = code.dataType() == DataType.DOUBLE ? 1e-26 : 1e-12;
        long mostActive = active.sum(1).maxNumber().longValue();
        for (long k = 0; k < 2 * mostActive + 10 && !isSmall(squares, first, precision); k++) {
            quadratic.product(direction, image);
            penalty.addHessianProduct(code, direction, image);
            image.muli(active).addi(direction.mul(ridge));
            double[] curvature = rowDots(direction, image);
            INDArray steps = ratios(squares, curvature, code.dataType());
            solution.addi(direction.mulColumnVector(steps));
            residual.subi(image.mulColumnVector(steps));
            double[] next = rowDots(residual, residual);
            direction.muliColumnVector(ratios(next, squares, code.dataType())).addi(residual);
            squares = next;
        }
        return solution;
    }

    /**
     * Checks that a minimiser with this penalty can be differentiated.
     *
     * @return the penalty
     * @throws IllegalArgumentException if it has no proximal operator
     */
    public static Proximal requireSupport(Penalty penalty) {
        if (penalty instanceof Proximal proximal) {
            return proximal;
        }
        throw Args.failure(
                "penalty", "one with a proximal operator", penalty.getClass().getSimpleName());
    }

    private static boolean isSmall(double[] squares, double[] first, double precision) {
        for (int i = 0; i < squares.length; i++) {
            if (squares[i] > precision * first[i]) {
                return false;
            }
        }
        return true;
    }

    private static double[] rowDots(INDArray a, INDArray b) {
        return HostArrays.doubles(a.mul(b).sum(true, 1));
    }

    /** Quotients as a column; 0 where a row is finished. */
    private static INDArray ratios(double[] numerators, double[] denominators, DataType type) {
        double[] ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = denominators[i] > 0 ? numerators[i] / denominators[i] : 0;
        }
        return Nd4j.create(ratios, new long[] {ratios.length, 1}, DataType.DOUBLE)
                .castTo(type);
    }
}
