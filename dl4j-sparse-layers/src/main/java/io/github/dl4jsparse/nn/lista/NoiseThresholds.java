package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import lombok.EqualsAndHashCode;
import lombok.ToString;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Thresholds that grow linearly with the noise level of each image: {@link ThresholdSchedule#byNoise}.
 * <p>\[ \theta_k = t_{0,k} + t_{1,k}\, \sigma \]
 * where sigma is the mean of the last channel of the image's input. At the start t0 is the usual threshold and t1 is 0.
 * <p>Parameters: {@link ListaConf#THRESHOLD} (t0) and {@link ListaConf#NOISE} (t1), {@code [1, n]} each, or {@code [K, n]} with
 * untied steps.
 * <p>Reference: Janjusevic, Khalilian-Gourtani and Wang, CDLNet: noise-adaptive convolutional dictionary learning network for blind
 * denoising and demosaicing, IEEE Open Journal of Signal Processing 2022.
 */
@EqualsAndHashCode(callSuper = false)
@ToString
final class NoiseThresholds extends ThresholdSchedule {
    private static final long serialVersionUID = 1;
    private static final UnitThresholds OWN = new UnitThresholds(false);

    @Override
    void addShapes(EncoderShape shape, Map<String, long[]> shapes) {
        if (shape.thresholds() > 0) {
            long[] own = {shape.untied() ? shape.steps() : 1, shape.thresholds()};
            shapes.put(ListaConf.THRESHOLD, own);
            shapes.put(ListaConf.NOISE, own.clone());
        }
    }

    @Override
    boolean isOfUnits() {
        return true;
    }

    @Override
    Set<String> parameters() {
        return Set.of(ListaConf.THRESHOLD, ListaConf.NOISE);
    }

    @Override
    boolean needsLevels() {
        return true;
    }

    @Override
    void require(ListaConf conf) {
        if (EncoderChoices.thresholds(conf) == 0) {
            throw Args.failure("thresholds", "perUnit() for a shrinkage without thresholds", conf.getShrinkage());
        }
    }

    @Override
    void start(ListaConf conf, Map<String, INDArray> params, double step) {
        OWN.start(conf, params, step);
        if (params.containsKey(ListaConf.NOISE)) {
            params.get(ListaConf.NOISE).assign(0);
        }
    }

    /** {@inheritDoc} Each row is t0 followed by t1. */
    @Override
    double[][] thresholds(ListaConf conf, Map<String, INDArray> params) {
        double[][] fixed = OWN.thresholds(conf, params);
        double[][] slopes = OWN.thresholds(conf, Map.of(ListaConf.THRESHOLD, params.get(ListaConf.NOISE)));
        double[][] both = new double[fixed.length][];
        for (int t = 0; t < both.length; t++) {
            both[t] = Arrays.copyOf(fixed[t], 2 * fixed[t].length);
            System.arraycopy(slopes[t], 0, both[t], fixed[t].length, slopes[t].length);
        }
        return both;
    }

    /** {@inheritDoc} The rows of t0, followed by those of t1. */
    @Override
    double[][] gradient(ListaConf conf, double[][] ofSteps, double[] slopes) {
        double[][] rows = OWN.gradient(conf, ofSteps, slopes);
        double[][] both = new double[2 * rows.length][];
        for (int t = 0; t < rows.length; t++) {
            int n = rows[t].length / 2;
            both[t] = Arrays.copyOf(rows[t], n);
            both[rows.length + t] = Arrays.copyOfRange(rows[t], n, 2 * n);
        }
        return both;
    }

    /** The thresholds of an example: {@code t0 + t1 sigma}. */
    static double[] at(double level, double[] both) {
        double[] own = Arrays.copyOf(both, both.length / 2);
        for (int i = 0; i < own.length; i++) {
            own[i] += level * both[own.length + i];
        }
        return own;
    }
}
