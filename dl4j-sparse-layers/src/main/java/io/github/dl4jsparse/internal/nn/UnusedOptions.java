package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Collection;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Refuses options of DL4J's builders that a layer of this library would ignore.
 * <p>Only what was set on the layer's own builder is refused. DL4J writes the defaults of a whole network, which are
 * meant for other layers too, into a configuration after it is built, and files are read without a builder; neither is
 * checked.
 * <p>Errors: {@code IllegalArgumentException} with name, rule, what to use instead, and value.
 */
public final class UnusedOptions {
    private UnusedOptions() {}

    /**
     * Refuses an activation function and the initial values of biases and gains, which no layer of this library reads.
     *
     * @param instead what replaces an activation function
     * @param start   what replaces the initial value of the biases
     */
    public static void refuseNonLinearity(BaseLayer.Builder<?> builder, String instead, String start) {
        refuse("activation", instead, builder.getActivationFn());
        refuse("biasInit", start, number(builder.getBiasInit()));
        refuse("gainInit", "gains start at 1", number(builder.getGainInit()));
    }

    /** Refuses options for biases, in layers without any. */
    public static void refuseBiases(BaseLayer.Builder<?> builder) {
        String why = "the layer has no biases";
        refuse("biasUpdater", why, builder.getBiasUpdater());
        refuse("l1Bias, l2Bias and weightDecayBias", why, any(builder.getRegularizationBias()));
        refuse("constrainBias", why, any(builder.getBiasConstraints()));
    }

    /** Refuses options for weights, in layers without any. */
    public static void refuseWeights(BaseLayer.Builder<?> builder) {
        String why = "the layer has no parameters that DL4J takes for weights";
        refuse("weightInit", why, builder.getWeightInitFn());
        refuse("l1, l2 and weightDecay", why, any(builder.getRegularization()));
        refuse("weightNoise", why, builder.getWeightNoise());
        refuse("constrainWeights", why, any(builder.getWeightConstraints()));
    }

    /** Refuses options for the training of parameters, in layers without any. */
    public static void refuseTraining(BaseLayer.Builder<?> builder, String why) {
        refuse("updater", why, builder.getIupdater());
        refuse("gradientNormalization", why, builder.getGradientNormalization());
        refuse("gradientNormalizationThreshold", why, number(builder.getGradientNormalizationThreshold()));
        refuse("constrainAllParameters", why, any(builder.getAllParamConstraints()));
    }

    /** Refuses constraints, in layers without parameters. */
    public static void refuseConstraints(Layer.Builder<?> builder) {
        String why = "the layer has no parameters";
        refuse("constrainAllParameters", why, any(builder.getAllParamConstraints()));
        refuse("constrainWeights", why, any(builder.getWeightConstraints()));
        refuse("constrainBias", why, any(builder.getBiasConstraints()));
    }

    /**
     * Refuses an option that was set.
     *
     * @param why   the reason, or what to use instead
     * @param value null where it was not set
     * @throws IllegalArgumentException if there is a value
     */
    public static void refuse(String option, String why, Object value) {
        if (value != null) {
            throw Args.failure(option, "left out (" + why + ")", value);
        }
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Object any(Collection<?> values) {
        return values == null || values.isEmpty() ? null : values;
    }
}
