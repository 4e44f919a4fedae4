package io.github.dl4jsparse.serve;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A table of converters to ONNX's operators by class. Subclasses of a class in the table are not included: they may
 * compute something else.
 */
final class OnnxTable {
    private final Map<Class<?>, Converter<?>> converters = new HashMap<>();

    /**
     * Converts an object to ONNX's operators.
     *
     * @param <T> its class
     */
    @FunctionalInterface
    interface Converter<T> {
        /**
         * Adds it to the graph of its input.
         *
         * @param params by name; empty where the object has none. Not modified.
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

    /** Adds an object whose class is in the table. */
    @SuppressWarnings("unchecked") // a converter is entered with its class
    OnnxValue convert(Object thing, Map<String, INDArray> params, OnnxValue input) {
        return ((Converter<Object>) converters.get(thing.getClass())).convert(thing, params, input);
    }
}
