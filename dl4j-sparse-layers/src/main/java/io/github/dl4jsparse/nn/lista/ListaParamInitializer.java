package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.PowerIteration;
import io.github.dl4jsparse.math.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays the parameters of a {@link ListaLayer} out in DL4J's flat array, all in c order, and starts them from ISTA. */
final class ListaParamInitializer implements ParamInitializer {
    static final ListaParamInitializer INSTANCE = new ListaParamInitializer();

    private ListaParamInitializer() {}

    /** Name and shape of every parameter, in the order of the flat array. */
    private static Map<String, long[]> shapes(ListaLayer conf) {
        long nIn = conf.getNIn();
        long nOut = conf.getNOut();
        long steps = conf.getIterations();
        boolean untied = conf.isUntied() && steps > 1;
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(ListaLayer.ENCODER, new long[] {untied ? steps * nOut : nOut, nIn});
        if (steps > 1) {
            shapes.put(ListaLayer.RECURRENT, new long[] {untied ? (steps - 1) * nOut : nOut, nOut});
        }
        shapes.put(ListaLayer.THRESHOLD, new long[] {untied ? steps : 1, nOut});
        if (conf.isGain()) {
            shapes.put(ListaLayer.GAIN, new long[] {1, nOut});
        }
        if (!conf.isTiedDecoder()) {
            shapes.put(ListaLayer.DECODER, new long[] {nIn, nOut});
        }
        return shapes;
    }

    private static Map<String, INDArray> views(ListaLayer conf, INDArray flat) {
        INDArray vector = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, long[]> e : shapes(conf).entrySet()) {
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
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return shapes((ListaLayer) layer).values().stream()
                .mapToLong(ListaParamInitializer::length)
                .sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return new ArrayList<>(shapes((ListaLayer) layer).keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        List<String> keys = paramKeys(layer);
        keys.removeIf(key -> !isWeightParam(layer, key));
        return keys;
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        List<String> keys = paramKeys(layer);
        keys.removeIf(key -> !isBiasParam(layer, key));
        return keys;
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return ListaLayer.ENCODER.equals(key) || ListaLayer.RECURRENT.equals(key) || ListaLayer.DECODER.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return ListaLayer.THRESHOLD.equals(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        ListaLayer layer = (ListaLayer) conf.getLayer();
        Map<String, INDArray> params = Collections.synchronizedMap(views(layer, paramsView));
        params.keySet().forEach(conf::addVariable);
        if (initializeParams) {
            startFromIsta(layer, params, drawDictionary(layer, paramsView));
        }
        return params;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views((ListaLayer) conf.getLayer(), gradientView);
    }

    /** Random atoms by the layer's weight initialisation, scaled to norm 1. */
    private static INDArray drawDictionary(ListaLayer layer, INDArray like) {
        long nIn = layer.getNIn();
        long nOut = layer.getNOut();
        INDArray flat = Nd4j.createUninitialized(like.dataType(), nIn * nOut);
        INDArray dictionary = layer.getWeightInitFn().init(nIn, nOut, new long[] {nIn, nOut}, 'c', flat);
        INDArray norms = dictionary.norm2(0);
        if (!(norms.minNumber().doubleValue() > 0)) {
            throw new DL4JInvalidConfigException(
                    "weightInit must give every atom of the dictionary a norm > 0, got a zero column (layer \""
                            + layer.getLayerName() + "\", ListaLayer)");
        }
        return dictionary.diviRowVector(norms);
    }

    /**
     * Sets all parameters so that K steps of the encoder are K steps of ISTA with this dictionary.
     *
     * @param dictionary D: [nIn, nOut]. Not modified.
     */
    static void startFromIsta(ListaLayer layer, Map<String, INDArray> params, INDArray dictionary) {
        double step;
        INDArray atoms = dictionary;
        if (layer.isTiedDecoder()) {
            atoms = dictionary.div(Math.sqrt(PowerIteration.squaredSpectralNorm(dictionary)));
            step = 1;
        } else if (layer.getStepSize() != null) {
            step = layer.getStepSize();
        } else {
            step = 1 / PowerIteration.squaredSpectralNorm(dictionary);
        }
        double threshold = layer.getInitialThreshold() != null
                ? layer.getInitialThreshold()
                : step * layer.getPenalty().shrinkageThreshold();
        assignAll(params.get(ListaLayer.ENCODER), atoms.transpose().mul(step));
        if (params.containsKey(ListaLayer.RECURRENT)) {
            INDArray gram = Nd4j.gemm(atoms, atoms, true, false);
            INDArray recurrent = Nd4j.eye(gram.rows()).castTo(gram.dataType()).subi(gram.muli(step));
            assignAll(params.get(ListaLayer.RECURRENT), recurrent);
        }
        params.get(ListaLayer.THRESHOLD).assign(threshold);
        if (params.containsKey(ListaLayer.GAIN)) {
            params.get(ListaLayer.GAIN).assign(1);
        }
        if (params.containsKey(ListaLayer.DECODER)) {
            params.get(ListaLayer.DECODER).assign(atoms);
        }
    }

    /** Assigns the same matrix to every step. */
    private static void assignAll(INDArray stack, INDArray value) {
        for (long k = 0; k < stack.size(0) / value.size(0); k++) {
            Rows.block(stack, k, value.size(0)).assign(value);
        }
    }
}
