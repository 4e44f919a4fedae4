package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.ElementLoops;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The points from which steps start, and their adjoint.
 * <p>\[ v_k = z_k + \beta_k (z_k - z_{k-1}), \qquad
 * \partial z_k = (1 + \beta_k)\, \partial v_k - \beta_{k+1}\, \partial v_{k+1}, \qquad
 * \partial \beta_k = \langle \partial v_k, z_k - z_{k-1} \rangle \]
 *
 * @param beta {@code [steps]}
 */
record MomentumSteps(double[] beta) {
    /**
     * Computes the point of a step.
     *
     * @param code   z, of the previous step. Not modified.
     * @param before the code before that; null for zero. Not modified.
     * @param result v, an array of its own. Overwritten.
     */
    void point(int step, INDArray code, INDArray before, INDArray result) {
        combine(1 + beta[step], code, -beta[step], before, result);
    }

    /**
     * Converts the gradient with respect to a point to that with respect to its code.
     *
     * @param delta   gradient with respect to the point. Overwritten with that with respect to the code.
     * @param code    z. Not modified.
     * @param before  the one before; null for zero. Not modified.
     * @param carried the term of the next step, unused in the last step; overwritten with the term of this one
     * @param slopes  receives the gradient of beta at the step's index
     */
    void back(int step, INDArray delta, INDArray code, INDArray before, INDArray carried, double[] slopes) {
        slopes[step] = dot(delta, code) - (before == null ? 0 : dot(delta, before));
        double own = beta[step];
        double next = step + 1 < beta.length ? beta[step + 1] : 0;
        ElementLoops.run(
                (a, n) -> {
                    for (int i = 0; i < n; i++) {
                        float d = a[0][i];
                        a[0][i] = (float) (1 + own) * d - (next == 0 ? 0 : (float) next * a[1][i]);
                    }
                },
                (a, n) -> {
                    for (int i = 0; i < n; i++) {
                        double d = a[0][i];
                        a[0][i] = (1 + own) * d - (next == 0 ? 0 : next * a[1][i]);
                    }
                },
                delta,
                carried);
    }

    private static double dot(INDArray x, INDArray y) {
        return Nd4j.getBlasWrapper().dot(x, y);
    }

    private static void combine(double first, INDArray x, double second, INDArray y, INDArray result) {
        INDArray[] others = y == null ? new INDArray[] {x} : new INDArray[] {x, y};
        float f = (float) first;
        float g = (float) second;
        ElementLoops.run(
                (a, n) -> {
                    for (int i = 0; i < n; i++) {
                        a[0][i] = f * a[1][i] + (a.length > 2 ? g * a[2][i] : 0);
                    }
                },
                (a, n) -> {
                    for (int i = 0; i < n; i++) {
                        a[0][i] = first * a[1][i] + (a.length > 2 ? second * a[2][i] : 0);
                    }
                },
                result,
                others);
    }
}
