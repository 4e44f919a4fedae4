package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The base of layers with parameters: the methods by which DL4J's tools read and set them.
 * <p>The parameters lie one after the other in the layer's part of the network's flat array, each in c order, as
 * {@link NamedParamInitializer} lays them out; DL4J's {@code BaseLayer} would read a flat array in f order. All setters
 * copy into this part, so that a layer and its network always have the same parameters.
 * <p>Shapes: {@code params: [1, numParams]} or {@code [numParams]}; the others as {@code paramTable()} has them.
 * <p>Errors: {@code IllegalArgumentException} for parameters of other names, shapes or number; in which case none is
 * set.
 *
 * @param <C> the layer's configuration
 */
public abstract class ParameterLayer<C extends org.deeplearning4j.nn.conf.layers.BaseLayer> extends BaseLayer<C> {
    private static final long serialVersionUID = 1;

    protected ParameterLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    /**
     * Sets all parameters.
     *
     * @param flat as {@link #params()} of such a layer has them. Copied.
     */
    @Override
    public void setParams(INDArray flat) {
        if (flat == paramsFlattened) {
            return;
        }
        if (flat == null || flat.length() != numParams()) {
            throw misfit(
                    "a flat array of " + numParams() + " numbers",
                    flat == null ? null : "one of shape " + Arrays.toString(flat.shape()));
        }
        if (paramsFlattened != null) {
            paramsFlattened.assign(flat.reshape('c', paramsFlattened.shape()));
        }
    }

    /**
     * Sets all parameters.
     *
     * @param table as {@link #paramTable()} of such a layer has them. Copied, except for the first table, which DL4J
     *      passes to a new layer: views of the network's flat array.
     */
    @Override
    public void setParamTable(Map<String, INDArray> table) {
        if (params == null) {
            super.setParamTable(table);
            return;
        }
        if (!table.keySet().equals(params.keySet())) {
            throw misfit("named " + params.keySet(), table.keySet());
        }
        table.forEach(this::requireShape);
        params.forEach((name, own) -> own.assign(table.get(name)));
    }

    /**
     * Sets one parameter.
     *
     * @param value of the parameter's shape; axes of length 1 may be added or missing. Copied.
     */
    @Override
    public void setParam(String name, INDArray value) {
        if (!params.containsKey(name)) {
            throw misfit("named one of " + params.keySet(), "\"" + name + "\"");
        }
        requireShape(name, value);
        params.get(name).assign(value);
    }

    private void requireShape(String name, INDArray value) {
        long[] shape = params.get(name).shape();
        if (value == null || !Arrays.equals(squeezed(shape), squeezed(value.shape()))) {
            throw misfit(
                    "of the shape " + Arrays.toString(shape) + " of \"" + name + "\"",
                    value == null ? null : Arrays.toString(value.shape()));
        }
    }

    private static long[] squeezed(long[] shape) {
        return Arrays.stream(shape).filter(size -> size != 1).toArray();
    }

    private IllegalArgumentException misfit(String rule, Object value) {
        return Args.failure("parameters of " + getClass().getSimpleName() + " " + layerId(), rule, value);
    }

    /** Skips dropout outside of training, where DL4J's dropout has no mask. */
    @Override
    protected INDArray backpropDropOutIfPresent(INDArray epsilon) {
        return dropoutApplied ? super.backpropDropOutIfPresent(epsilon) : epsilon;
    }

    /** A layer of the same configuration with a copy of the parameters. */
    @Override
    public Layer clone() {
        INDArray copy = paramsFlattened == null ? null : paramsFlattened.dup();
        return layerConf().instantiate(conf, null, index, copy, false, dataType);
    }
}
