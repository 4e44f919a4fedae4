package io.github.dl4jsparse.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Reports the elements at which the gradient of a network's score differs from finite differences, after a failed
 * check.
 */
final class GradientDifferences {
    private GradientDifferences() {}

    /**
     * The element of a parameter whose gradient is farthest from the difference.
     *
     * @param net  in double precision, with an updater that changes nothing; its parameters are moved and put back
     * @param data one batch, with its masks
     */
    static String farthest(AnyNetwork net, DataSet data) {
        String result = "no element differs";
        double worst = 0;
        LayerFixture.<AnyNetwork>resetRandom().accept(net);
        net.computeUpdates(data);
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        net.model().gradient().gradientForVariable().forEach((name, array) -> gradients.put(name, array.dup('c')));
        for (Map.Entry<String, INDArray> entry : net.model().paramTable().entrySet()) {
            for (long i = 0; i < entry.getValue().length(); i++) {
                // DL4J's own weights are in f order, in which a number alone counts down the columns
                long[] at = Shape.ind2subC(entry.getValue().shape(), i);
                double analytic = gradients.get(entry.getKey()).getDouble(at);
                double numeric = slope(net, data, entry.getValue(), at);
                double difference =
                        Math.abs(analytic - numeric) / Math.max(Math.abs(analytic) + Math.abs(numeric), 1e-8);
                if (!(difference <= worst)) {
                    worst = difference;
                    result = String.format(
                            Locale.ROOT,
                            "the gradient of element %s of parameter %s %s is %.8g, the difference of scores %.8g",
                            Arrays.toString(at),
                            entry.getKey(),
                            Arrays.toString(entry.getValue().shape()),
                            analytic,
                            numeric);
                }
            }
        }
        return result;
    }

    private static double slope(AnyNetwork net, DataSet data, INDArray parameter, long[] at) {
        double middle = parameter.getDouble(at);
        double[] scores = new double[2];
        for (int side = 0; side < 2; side++) {
            parameter.putScalar(at, middle + (2 * side - 1) * LayerGradientContract.STEP);
            LayerFixture.<AnyNetwork>resetRandom().accept(net);
            scores[side] = net.score(data, true);
        }
        parameter.putScalar(at, middle);
        return (scores[1] - scores[0]) / (2 * LayerGradientContract.STEP);
    }
}
