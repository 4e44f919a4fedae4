package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Nesterov's momentum of every example of a batch, with adaptive restart.
 * <p>\[ y_{k+1} = z_{k+1} + \frac{t_k - 1}{t_{k+1}} (z_{k+1} - z_k), \qquad t_{k+1} = \tfrac12 \bigl(1 + \sqrt{1 + 4 t_k^2}\bigr),
 * \qquad t_{k+1} = 1 \ \text{if} \ \langle y_k - z_{k+1}, z_{k+1} - z_k \rangle > 0 \]
 * where z are the codes and y the points at which gradient steps start; {@code y_k - z_{k+1}} is the gradient, with
 * that of the penalty, times the step size. The test needs no difference of energies, which would be lost to rounding
 * in single precision.
 * <p>Shapes: {@code [batch, nCode]}.
 * <p>Reference: O'Donoghue and Candes, Adaptive restart for accelerated gradient schemes, Foundations of Computational Mathematics
 * 15, 2015.
 */
final class Momentum {
    private final boolean restart;
    private final double scale;
    private final double[] ages;
    private final double[] betas;

    /**
     * @param batch   number of examples
     * @param restart whether momentum is reset
     * @param scale   a magnitude of the codes, by which they are divided so that products do not under- or overflow
     */
    Momentum(long batch, boolean restart, double scale) {
        this.restart = restart;
        // only the sign is needed
        this.scale = scale > 1e-9 && scale < 1e9 ? 1 : scale;
        ages = new double[Math.toIntExact(batch)];
        betas = new double[ages.length];
        Arrays.fill(ages, 1);
    }

    /**
     * Computes the next points.
     *
     * @param point        y and {@code H y}. Modified in place.
     * @param next         the new z. Not modified.
     * @param code         the z before. Not modified.
     */
    void extrapolate(
            INDArray point,
            INDArray pointProduct,
            INDArray next,
            INDArray nextProduct,
            INDArray code,
            INDArray product) {
        INDArray step = next.sub(code);
        INDArray factors = factors(restart ? uphill(point, next, step) : new boolean[ages.length]);
        point.assign(next).addi(scaled(step, factors));
        pointProduct.assign(nextProduct).addi(scaled(nextProduct.sub(product), factors));
    }

    private boolean[] uphill(INDArray point, INDArray next, INDArray step) {
        INDArray gradient = point.sub(next);
        INDArray along = scale == 1 ? gradient.muli(step) : gradient.divi(scale).muli(step.div(scale));
        double[] sums = HostArrays.doubles(along.sum(true, 1));
        boolean[] uphill = new boolean[sums.length];
        for (int i = 0; i < sums.length; i++) {
            uphill[i] = sums[i] > 0;
        }
        return uphill;
    }

    /** The factors of the steps as a column, or as a scalar where all are equal. */
    private INDArray factors(boolean[] uphill) {
        boolean alike = true;
        for (int i = 0; i < ages.length; i++) {
            double next = (1 + Math.sqrt(1 + 4 * ages[i] * ages[i])) / 2;
            betas[i] = uphill[i] ? 0 : (ages[i] - 1) / next;
            ages[i] = uphill[i] ? 1 : next;
            alike &= betas[i] == betas[0];
        }
        return alike ? Nd4j.scalar(betas[0]) : Nd4j.createFromArray(betas).reshape(betas.length, 1);
    }

    private static INDArray scaled(INDArray step, INDArray factors) {
        return factors.rank() == 0
                ? step.muli(factors.getDouble(0))
                : step.muliColumnVector(factors.castTo(step.dataType()));
    }
}
