package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.internal.nn.PenaltyParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The layout of named parameters in DL4J's flat array: one after the other, each in c order. A layer's own initialiser
 * defines its parameters and their first values; those of a learned penalty are appended automatically.
 * <p>Shapes: as given by {@link #shapes}; the flat array has as many elements as they have together.
 *
 * @param <C> the layer's configuration
 */
public abstract class NamedParamInitializer<C extends Layer> implements ParamInitializer {
    private final Class<C> type;
    private final Set<String> weights;
    private final Set<String> biases;

    /**
     * @param type    of the configurations
     * @param weights names of the parameters that DL4J's l1, l2 and weight constraints are for
     * @param biases  names of those that its l1Bias, l2Bias, bias updater and bias constraints are for
     */
    protected NamedParamInitializer(Class<C> type, Set<String> weights, Set<String> biases) {
        this.type = type;
        this.weights = Set.copyOf(weights);
        this.biases = Set.copyOf(biases);
    }

    /** Name and shape of every parameter of a layer except those of its penalty, in the order of the flat array. */
    protected abstract Map<String, long[]> shapes(C conf);

    /** The names alone, which DL4J reads before the input type is known. */
    protected Set<String> names(C conf) {
        return shapes(conf).keySet();
    }

    /**
     * Gives the parameters their first values.
     *
     * @param params views of the flat array. Modified in place.
     */
    protected abstract void start(C conf, Map<String, INDArray> params);

    private static Optional<PenaltyParameters> penalty(Layer conf) {
        return conf instanceof SparseLayerConf sparse ? Optional.of(sparse.penaltyParameters()) : Optional.empty();
    }

    private static boolean hasScale(Layer conf) {
        return conf instanceof SparseLayerConf sparse && sparse.isInputScaling();
    }

    private Map<String, long[]> allShapes(C conf) {
        Map<String, long[]> all = new LinkedHashMap<>(shapes(conf));
        penalty(conf).ifPresent(own -> own.addShapes(all));
        if (hasScale(conf)) {
            all.put(InputScale.KEY, new long[] {1, 1});
        }
        return all;
    }

    /** The shape of a parameter. */
    final long[] shape(Layer conf, String key) {
        return allShapes(type.cast(conf)).get(key);
    }

    private Map<String, INDArray> views(C conf, INDArray flat) {
        INDArray vector = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, long[]> e : allShapes(conf).entrySet()) {
            long length = length(e.getValue());
            INDArray view = vector.get(NDArrayIndex.interval(offset, offset + length));
            views.put(e.getKey(), view.reshape('c', e.getValue()));
            offset += length;
        }
        return views;
    }

    private static long length(long[] shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        return length;
    }

    @Override
    public final long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public final long numParams(Layer layer) {
        return allShapes(type.cast(layer)).values().stream()
                .mapToLong(NamedParamInitializer::length)
                .sum();
    }

    /** The names without those that are the penalty's or the input scale's. */
    final List<String> ownKeys(Layer layer) {
        return List.copyOf(names(type.cast(layer)));
    }

    @Override
    public final List<String> paramKeys(Layer layer) {
        List<String> keys = new ArrayList<>(ownKeys(layer));
        penalty(layer).ifPresent(own -> keys.addAll(own.keys()));
        if (hasScale(layer)) {
            keys.add(InputScale.KEY);
        }
        return keys;
    }

    @Override
    public final List<String> weightKeys(Layer layer) {
        List<String> keys = paramKeys(layer);
        keys.retainAll(weights);
        return keys;
    }

    @Override
    public final List<String> biasKeys(Layer layer) {
        List<String> keys = paramKeys(layer);
        keys.retainAll(biases);
        return keys;
    }

    @Override
    public final boolean isWeightParam(Layer layer, String key) {
        return weights.contains(key);
    }

    @Override
    public final boolean isBiasParam(Layer layer, String key) {
        return biases.contains(key);
    }

    @Override
    public final Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initialize) {
        C layer = type.cast(conf.getLayer());
        Map<String, INDArray> params = Collections.synchronizedMap(views(layer, paramsView));
        params.keySet().forEach(conf::addVariable);
        if (initialize) {
            start(layer, params);
            penalty(layer).ifPresent(own -> own.start(params));
            if (hasScale(layer)) {
                params.get(InputScale.KEY).assign(0);
            }
        }
        return params;
    }

    @Override
    public final Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views(type.cast(conf.getLayer()), gradientView);
    }
}
