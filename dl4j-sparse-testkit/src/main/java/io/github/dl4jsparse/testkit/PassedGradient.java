package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The gradient that layers pass on to the lowest layer, by the gradient of its parameters. It checks layers above that
 * have no gradient of their own, such as frozen ones, for which DL4J's gradient check does not work.
 */
public final class PassedGradient {
    private PassedGradient() {}

    /**
     * Holds the gradient of the lowest layer against finite differences.
     *
     * @param net  in double precision, with mini-batch division; its parameters are moved and put back
     * @param data one batch
     * @throws AssertionError with the parameter and both numbers, or if the gradient is zero and tells nothing
     */
    public static void assertRight(AnyNetwork net, DataSet data) {
        Layer lowest = net.layers()[0];
        LayerFixture.resetRandom().accept(null);
        net.computeGradients(data);
        INDArray gradient = lowest.getGradientsViewArray().dup().divi(data.numExamples());
        assertTrue(gradient.norm2Number().doubleValue() > 1e-4, "a gradient of zero tells nothing");
        INDArray params = lowest.params();
        for (long i = 0; i < params.length(); i++) {
            double analytic = gradient.getDouble(i);
            double numeric = slope(net, data, params, i);
            double allowed = LayerGradientContract.ABSOLUTE_ERROR
                    + LayerGradientContract.RELATIVE_ERROR * (Math.abs(analytic) + Math.abs(numeric));
            assertEquals(numeric, analytic, allowed, "parameter " + i + " of the lowest layer");
        }
    }

    private static double slope(AnyNetwork net, DataSet data, INDArray params, long i) {
        double middle = params.getDouble(i);
        double[] scores = new double[2];
        for (int side = 0; side < 2; side++) {
            params.putScalar(i, middle + (2 * side - 1) * LayerGradientContract.STEP);
            LayerFixture.resetRandom().accept(null);
            scores[side] = net.score(data, true);
        }
        params.putScalar(i, middle);
        return (scores[1] - scores[0]) / (2 * LayerGradientContract.STEP);
    }
}
