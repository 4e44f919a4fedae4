package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights and coefficients of the steps of an unrolled encoder with any choices, for programs that run or export
 * the steps outside of a network.
 * <p>\[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad u = v + \gamma_k\, F_k M (x - D v) \;\text{ or }\; u = F_k M x + S_k v
 * \;\text{ or }\; u = F_k M x + v - \gamma_k\, D^{\top} M D v \]
 * \[ z_{k+1} = \eta_{\theta_k}(u), \qquad z_0 = z_{-1} = 0, \quad k = 0 \dots K-1 \]
 * where F holds the filters of the encoder, or those of the decoder where the coupling has no encoder, and M is the diagonal of the
 * weights of the pixels if {@link #usesDecoder}. The gain is applied after the last step.
 * <p>Shapes: filters are rows, {@code [units, elements of a receptive field]}.
 */
public final class EncoderValues {
    private final ListaConf conf;
    private final Map<String, INDArray> params;
    private final double[][] thresholds;
    private final double @Nullable [] momentum;
    private final StepSizes sizes;

    /** @param params of a layer of this configuration, shared, not copied. Not modified. */
    public EncoderValues(ListaConf conf, Map<String, INDArray> params) {
        this.conf = conf;
        this.params = params;
        this.thresholds = conf.getThresholds().thresholds(conf, params);
        this.momentum = steps() > 1 ? conf.getMomentum().coefficients(steps(), params) : null;
        this.sizes = StepSizes.of(params, hasDrive() ? 1 : 0);
    }

    /** K. */
    public int steps() {
        return conf.getIterations();
    }

    /** Whether steps add a drive {@code F M x}; otherwise they use the residual of the previous code. */
    public boolean hasDrive() {
        return conf.getCoupling().hasDrive();
    }

    /** Whether steps use the decoder, and thus the weights of pixels. */
    public boolean usesDecoder() {
        return conf.stepsUseDecoder();
    }

    /**
     * The filters of the encoder in a step: a view.
     *
     * @return the decoder's where the coupling has no encoder
     */
    public INDArray encoder(int step) {
        return params.containsKey(ListaConf.ENCODER)
                ? filters(block(ListaConf.ENCODER, step, steps()), conf.isEncoderTransposed())
                : decoder();
    }

    /** The filters of the decoder, its columns: a view. */
    public INDArray decoder() {
        return conf.isTiedDecoder()
                ? filters(params.get(ListaConf.ENCODER), conf.isEncoderTransposed())
                : filters(params.get(ListaConf.DECODER), true);
    }

    /** The free recurrent weights of a step from the second on; null where the coupling has none. A view. */
    public @Nullable INDArray recurrent(int step) {
        return params.containsKey(ListaConf.RECURRENT) ? block(ListaConf.RECURRENT, step - 1, steps() - 1) : null;
    }

    private INDArray block(String parameter, int block, int count) {
        INDArray all = params.get(parameter);
        return conf.isUntied() && count > 1 ? Rows.block(all, block, all.size(0) / count) : all;
    }

    private static INDArray filters(INDArray weights, boolean areColumns) {
        return areColumns ? weights.transpose() : weights;
    }

    /** gamma of a step; 1 where the coupling has no step sizes. */
    public double stepSize(int step) {
        return sizes.of(step);
    }

    /** beta of a step; 0 without momentum. */
    public double momentum(int step) {
        return momentum == null ? 0 : momentum[step];
    }

    /** theta of a step, or t0 of thresholds that follow the noise level: a new array. */
    public double[] thresholds(int step) {
        double[] own = thresholds[thresholds.length > 1 ? step : 0];
        return Arrays.copyOf(own, followNoise() ? own.length / 2 : own.length);
    }

    /**
     * t1 of a step, the slope of the thresholds with the noise level: a new array; null where they do not depend on it.
     */
    public double @Nullable [] noiseThresholds(int step) {
        double[] own = thresholds[thresholds.length > 1 ? step : 0];
        return followNoise() ? Arrays.copyOfRange(own, own.length / 2, own.length) : null;
    }

    private boolean followNoise() {
        return conf.getThresholds().needsLevels();
    }

    /** The number of units that are shrunk together. */
    public int shrunkUnits() {
        return conf.shrunkUnits();
    }

    /** The number of units, of those that are shrunk together, that pass a step unchanged. */
    public int passing(int step) {
        return conf.getSupport().isNone() ? 0 : conf.getSupport().count(step, shrunkUnits());
    }

    /** The factors of the units after the last step, {@code [1, units]}; null where there are none. A view. */
    public @Nullable INDArray gain() {
        return params.get(ListaConf.GAIN);
    }
}
