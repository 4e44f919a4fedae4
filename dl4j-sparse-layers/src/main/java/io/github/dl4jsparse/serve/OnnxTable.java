package io.github.dl4jsparse.serve;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What things of several classes become in ONNX's operators. A subclass of one in the table is not in it: it may compute something
 * else.
 */
final class OnnxTable {
    private final Map<Class<?>, Converter<?>> converters = new HashMap<>();

    /**
     * Says what a thing becomes.
     *
     * @param <T> its class
     */
    @FunctionalInterface
    interface Converter<T> {
        /**
         * Adds it to the graph of its input.
         *
         * @param params by name; none where the thing has none. Not modified.
         */
        OnnxValue convert(T thing, Map<String, INDArray> params, OnnxValue input);
    }

    <T> OnnxTable add(Class<T> type, Converter<? super T> converter) {
        converters.put(type, converter);
        return this;
    }

    /** Whether the class is in the table. */
    boolean has(Object thing) {
        return converters.containsKey(thing.getClass());
    }

    /** Adds a thing whose class is in the table. */
    @SuppressWarnings("unchecked") // a converter is entered with its class
    OnnxValue convert(Object thing, Map<String, INDArray> params, OnnxValue input) {
        return ((Converter<Object>) converters.get(thing.getClass())).convert(thing, params, input);
    }
}
