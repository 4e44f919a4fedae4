package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.math.Norms;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The scale of a layer's input: a parameter that is measured once on data and that no updater changes; as a parameter
 * it is saved, copied, averaged and sent to workers like the others.
 * <p>\[ x' = x / s, \qquad s = \sqrt{ \frac{a}{|X|} \sum_{x \in X} x^2 } \]
 * where X are all elements of the batch on which s is measured and a is the length of an atom: afterwards the receptive
 * field of an atom has a mean squared norm of 1.
 * <p>Shapes: {@code [1, 1]}. 0 before any data, which counts as 1; {@value #DICTIONARY_GIVEN} the same, if the
 * dictionary was set and must not be started from data.
 */
public final class InputScale {
    /** The name of the parameter. */
    public static final String KEY = "scale";

    private static final double DICTIONARY_GIVEN = -1;

    private InputScale() {}

    /**
     * The divisor of the input; 1 where the layer has no scale, or none yet.
     *
     * @param params of the layer. Not modified.
     */
    public static double of(Map<String, INDArray> params) {
        double value = params.containsKey(KEY) ? params.get(KEY).getDouble(0) : 1;
        return value > 0 ? value : 1;
    }

    /**
     * Whether the layer has a scale that is still to be measured.
     *
     * @param params of the layer. Not modified.
     */
    public static boolean isMissing(Map<String, INDArray> params) {
        return params.containsKey(KEY) && !(params.get(KEY).getDouble(0) > 0);
    }

    /**
     * Whether the scale was not measured and no dictionary was set.
     *
     * @param params of the layer. Not modified.
     */
    public static boolean isUntouched(Map<String, INDArray> params) {
        return params.containsKey(KEY) && params.get(KEY).getDouble(0) == 0;
    }

    /**
     * Records that the dictionary was set.
     *
     * @param params of the layer. Modified in place, where the scale is missing.
     */
    public static void keepDictionary(Map<String, INDArray> params) {
        if (isMissing(params)) {
            params.get(KEY).assign(DICTIONARY_GIVEN);
        }
    }

    /**
     * Measures the scale; a batch of zeros, or one that is not finite, leaves it missing.
     *
     * @param params   of the layer. Modified in place.
     * @param input    a batch. Not modified.
     * @param atomSize a
     */
    public static void measure(Map<String, INDArray> params, INDArray input, long atomSize) {
        double scale = Norms.of(input) * Math.sqrt((double) atomSize / input.length());
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            return;
        }
        INDArray parameter = params.get(KEY);
        parameter.assign(scale);
        if (!(parameter.getDouble(0) > 0 && Double.isFinite(1 / scale))) {
            parameter.assign(0);
        }
    }
}
