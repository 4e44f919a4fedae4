package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A proximal penalty that is implemented for one code as a Java array; this interface adds batches and types of arrays.
 * <p>\[ \mathrm{penalty}(Z) = \sum_b \mathrm{penalty}(z_b) \]
 * <p>Codes of a batch are computed in parallel and in double precision. Arrays are {@code [units]}. The methods may be
 * called from several threads at once.
 */
public interface RowPenalty extends DifferentiableProximal {
    /** The penalty of one code, which is not modified. */
    double valueOf(double[] code);

    /**
     * The gradient of one code; the sub-gradient of smallest norm at a kink.
     *
     * @param code     not modified
     * @param gradient all zeros at the start. Modified in place.
     */
    void gradientOf(double[] code, double[] gradient);

    /**
     * The proximal operator of step 1 of the part of the penalty that has a kink at the code, linearised there: the
     * norm of the result is the distance of the point to the sub-differential of that part, by Moreau's decomposition.
     *
     * @param code  says which units and groups are zero. Not modified.
     * @param point from which the gradient has been subtracted. Modified in place.
     */
    void proxOfKinks(double[] code, double[] point);

    /**
     * The product of the Hessian with a direction.
     *
     * @param code      not modified
     * @param direction zero where the code is. Not modified.
     * @param result    all zeros at the start; its elements at zero units are ignored. Modified in place.
     */
    void hessianProductOf(double[] code, double[] direction, double[] result);

    /** {@inheritDoc} By default conjugate gradients solve for it, to a residual of 1e-12 times the norm of the gradient. */
    @Override
    default double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        double[] ones = new double[code.length];
        Arrays.fill(ones, 1);
        return new ImplicitAdjoint(this, code, step, ImplicitAdjoint.nonZero(code)).solve(ones, gradient);
    }

    @Override
    default double value(INDArray code) {
        return Arrays.stream(HostRows.numbers(rows -> valueOf(rows[0]), checked(code)))
                .sum();
    }

    @Override
    default INDArray values(INDArray code) {
        return HostRows.map(1, (rows, result) -> result[0] = valueOf(rows[0]), checked(code));
    }

    @Override
    default void addGradient(INDArray code, double scale, INDArray gradient) {
        HostRows.add(gradient, scale, (rows, result) -> gradientOf(rows[0], result), checked(code));
    }

    @Override
    default INDArray prox(INDArray code, double step) {
        Args.nonNegative("step", step);
        return HostRows.replace(
                code,
                (rows, result) -> {
                    proxOf(rows[0], step);
                    System.arraycopy(rows[0], 0, result, 0, result.length);
                },
                checked(code));
    }

    @Override
    default INDArray subdifferentialDistance(INDArray code, INDArray point) {
        int width = width(code);
        return HostRows.map(
                1,
                (rows, result) -> {
                    double[] gradient = new double[width];
                    gradientOf(rows[0], gradient);
                    for (int i = 0; i < width; i++) {
                        rows[1][i] -= gradient[i];
                    }
                    proxOfKinks(rows[0], rows[1]);
                    result[0] = Norms.of(rows[1], 0, width);
                },
                code,
                point);
    }

    @Override
    default void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        HostRows.add(
                result,
                1,
                (rows, product) -> {
                    clearZeros(rows[0], rows[1]);
                    hessianProductOf(rows[0], rows[1], product);
                    clearZeros(rows[0], product);
                },
                checked(code),
                direction);
    }

    private static void clearZeros(double[] code, double[] values) {
        for (int i = 0; i < code.length; i++) {
            if (code[i] == 0) {
                values[i] = 0;
            }
        }
    }

    private INDArray checked(INDArray code) {
        return units() > 0 ? Shapes.matrix("code", code, units()) : code;
    }

    private int width(INDArray code) {
        return Math.toIntExact(checked(code).size(1));
    }
}
