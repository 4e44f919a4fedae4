package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.PowerIteration;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.nn.common.NamedParamInitializer;
import io.github.dl4jsparse.nn.common.RandomDictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Lays the parameters of a {@link ListaLayer} out in DL4J's flat array and starts them from ISTA. */
final class ListaParamInitializer extends NamedParamInitializer<ListaLayer> {
    static final ListaParamInitializer INSTANCE = new ListaParamInitializer();

    private ListaParamInitializer() {
        super(
                ListaLayer.class,
                Set.of(ListaLayer.ENCODER, ListaLayer.RECURRENT, ListaLayer.DECODER),
                Set.of(ListaLayer.THRESHOLD));
    }

    @Override
    protected Map<String, long[]> shapes(ListaLayer conf) {
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

    @Override
    protected void start(ListaLayer conf, Map<String, INDArray> params) {
        DataType type = params.get(ListaLayer.ENCODER).dataType();
        startFromIsta(conf, params, RandomDictionary.draw(conf, conf.getNIn(), conf.getNOut(), type));
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
