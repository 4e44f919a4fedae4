package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.math.HostRows;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Smoothed norms of the groups of codes, code by code.
 * <p>\[ \lambda \sum_g \left( \sqrt{s_g(z) + \epsilon} - \sqrt{\epsilon} \right) \]
 * where s are the squared norms of the groups, each weighted as its penalty says, lambda is the weight and epsilon the smoothing.
 * <p>Shapes: codes {@code [batch, units]}.
 *
 * @param pool   from the squares of the units of a code to the squared norms of its groups
 * @param poolAdjoint the adjoint of {@code pool}, which adds the value of each group to its units: from the first array to
 *      the second
 */
record SmoothedNorms(
        double weight, double smoothing, UnaryOperator<double[]> pool, BiConsumer<double[], double[]> poolAdjoint) {

    private double[] squaredNorms(double[] code) {
        double[] squares = new double[code.length];
        for (int i = 0; i < code.length; i++) {
            squares[i] = code[i] * code[i];
        }
        return pool.apply(squares);
    }

    private double valueOf(double[] code) {
        double[] terms = squaredNorms(code);
        double least = Math.sqrt(smoothing);
        for (int i = 0; i < terms.length; i++) {
            // sqrt(e + s) - sqrt(e) = s / (sqrt(e + s) + sqrt(e)), which does not cancel
            terms[i] /= Math.sqrt(terms[i] + smoothing) + least;
        }
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return weight * sum;
    }

    private void curvatureOf(double[] code, double[] curvature) {
        double[] ratios = squaredNorms(code);
        for (int g = 0; g < ratios.length; g++) {
            ratios[g] = weight / Math.sqrt(ratios[g] + smoothing);
        }
        poolAdjoint.accept(ratios, curvature);
    }

    double value(INDArray codes) {
        return Arrays.stream(HostRows.numbers(rows -> valueOf(rows[0]), codes)).sum();
    }

    INDArray values(INDArray codes) {
        return HostRows.map(1, (rows, result) -> result[0] = valueOf(rows[0]), codes);
    }

    /** The factor of each unit in the gradient. */
    INDArray curvature(INDArray codes) {
        return HostRows.map(Math.toIntExact(codes.size(1)), (rows, result) -> curvatureOf(rows[0], result), codes);
    }

    void addGradient(INDArray codes, double scale, INDArray gradient) {
        HostRows.add(
                gradient,
                scale,
                (rows, result) -> {
                    curvatureOf(rows[0], result);
                    for (int i = 0; i < result.length; i++) {
                        result[i] *= rows[0][i];
                    }
                },
                codes);
    }
}
