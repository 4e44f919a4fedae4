package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Thresholds proportional to the step size of each step: {@link ThresholdSchedule#byStepSize}.
 * <p>\[ \theta_k = \gamma_k\, \lambda \]
 * where lambda holds the thresholds of step 1 and gamma the trained step sizes of the coupling, to which the gradient
 * of the thresholds is added.
 * <p>Reference: Ablin, Moreau, Massias and Gramfort, Learning step sizes for unfolded sparse coding, NeurIPS 2019.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class StepSizeThresholds extends ThresholdSchedule {
    private static final long serialVersionUID = 1;

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {}

    @Override
    Set<String> parameters() {
        return Set.of(ListaConf.STEP);
    }

    @Override
    boolean isOfUnits() {
        return false;
    }

    @Override
    void require(ListaConf conf) {
        if (!conf.getCoupling().hasStepSizes(conf)) {
            throw Args.failure(
                    "thresholds",
                    "perUnit(), perUnitAndStep() or perStep() for a coupling without step sizes; or take decoder(),"
                            + " learnedWithStepSizes() or analytic()",
                    conf.getCoupling());
        }
        if (conf.getInitialThreshold() != null) {
            throw Args.failure(
                    "initialThreshold", "left out where thresholds follow the step sizes", conf.getInitialThreshold());
        }
        requireThresholds(conf, "byStepSize()", true);
    }

    /** Refuses a penalty whose shrinkage has no thresholds: a factor per step would leave them at zero. */
    static void requireThresholds(ListaConf conf, String schedule, boolean areNeeded) {
        double[] each = EncoderChoices.startThresholds(conf, 1);
        boolean areZero = Arrays.stream(each).allMatch(b -> b == 0);
        if (each.length == 0 || areNeeded && areZero) {
            throw Args.failure(
                    "thresholds",
                    "perUnit() for a penalty or shrinkage without thresholds to scale",
                    schedule + " with " + conf.getPenalty());
        }
    }

    static double[][] scaled(double[] thresholds, double[] factors) {
        return Arrays.stream(factors)
                .mapToObj(
                        factor -> Arrays.stream(thresholds).map(b -> factor * b).toArray())
                .toArray(double[][]::new);
    }

    static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Override
    void start(ListaConf conf, Map<String, INDArray> params, double step) {}

    @Override
    double[][] thresholds(ListaConf conf, Map<String, INDArray> params) {
        return scaled(EncoderChoices.startThresholds(conf, 1), HostArrays.doubles(params.get(ListaConf.STEP)));
    }

    @Override
    double[][] gradient(ListaConf conf, double[][] ofSteps, double[] slopes) {
        double[] factors = EncoderChoices.startThresholds(conf, 1);
        for (int t = 0; t < ofSteps.length; t++) {
            slopes[t] += inner(factors, ofSteps[t]);
        }
        return new double[0][];
    }
}
