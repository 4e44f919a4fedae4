package io.github.dl4jsparse.nn.lista;

import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The coefficients of FISTA: {@link Momentum#fista}.
 * <p>\[ \beta_k = \frac{t_k - 1}{t_{k+1}}, \qquad t_1 = 1, \qquad t_{k+1} = \tfrac12 \left( 1 + \sqrt{1 + 4 t_k^2} \right),
 * \qquad k = 1 \dots K-1 \]
 * <p>Reference: Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse problems, SIAM J. Imaging
 * Sciences 2, 2009.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class FistaMomentum extends Momentum {
    private static final long serialVersionUID = 1;

    /** {@code [steps]}; 0 for the first two. */
    static double[] coefficients(int steps) {
        double[] beta = new double[steps];
        double t = 1;
        for (int k = 1; k < steps; k++) {
            double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            beta[k] = (t - 1) / next;
            t = next;
        }
        return beta;
    }

    @Override
    void addShapes(int steps, Map<String, long[]> shapes) {}

    @Override
    void start(Map<String, INDArray> params) {}

    @Override
    double[] coefficients(int steps, Map<String, INDArray> params) {
        return coefficients(steps);
    }

    @Override
    void writeGradient(double[] slopes, Map<String, INDArray> gradients) {}
}
