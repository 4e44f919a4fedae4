package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import java.util.Map;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One trained factor per step: {@link ThresholdSchedule#perStep}.
 * <p>\[ \theta_k = b_k\, \lambda \]
 * where lambda holds the thresholds of the penalty's shrinkage of step 1; 1 for each unit where the layer has an
 * initial threshold, which is then the first value of b. Otherwise the first value of b is the step size.
 * <p>Parameter: {@link ListaConf#THRESHOLD} {@code [K, 1]}.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class StepThresholds extends ThresholdSchedule {
    private static final long serialVersionUID = 1;

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        shapes.put(ListaConf.THRESHOLD, new long[] {shape.steps(), 1});
    }

    @Override
    boolean isOfUnits() {
        return false;
    }

    @Override
    void require(ListaConf conf) {
        StepSizeThresholds.requireThresholds(conf, "perStep()", conf.getInitialThreshold() == null);
    }

    private static double[] factors(ListaConf conf) {
        double[] factors = EncoderChoices.startThresholds(conf, 1);
        if (conf.getInitialThreshold() != null) {
            Arrays.fill(factors, 1);
        }
        return factors;
    }

    @Override
    void start(ListaConf conf, Map<String, INDArray> params, double step) {
        Double initial = conf.getInitialThreshold();
        params.get(ListaConf.THRESHOLD).assign(initial == null ? step : initial);
    }

    @Override
    double[][] thresholds(ListaConf conf, Map<String, INDArray> params) {
        return StepSizeThresholds.scaled(factors(conf), HostArrays.doubles(params.get(ListaConf.THRESHOLD)));
    }

    @Override
    double[][] gradient(ListaConf conf, double[][] ofSteps, double[] slopes) {
        double[] factors = factors(conf);
        double[][] gradient = new double[ofSteps.length][];
        for (int t = 0; t < gradient.length; t++) {
            gradient[t] = new double[] {StepSizeThresholds.inner(factors, ofSteps[t])};
        }
        return gradient;
    }
}
