package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.nn.RandomDictionary;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layout of the parameters of an unrolled encoder in DL4J's flat array, and their first values, with which the
 * steps are those of ISTA.
 */
final class UnrolledParamInitializer extends NamedParamInitializer<ListaConf> {
    static final UnrolledParamInitializer INSTANCE = new UnrolledParamInitializer();

    private UnrolledParamInitializer() {
        super(
                ListaConf.class,
                Set.of(ListaConf.ENCODER, ListaConf.RECURRENT, ListaConf.DECODER),
                Set.of(ListaConf.THRESHOLD, ListaConf.NOISE));
    }

    @Override
    protected Map<String, long[]> shapes(ListaConf conf) {
        return shapes(conf, EncoderShape.of(conf));
    }

    @Override
    protected Set<String> names(ListaConf conf) {
        return shapes(conf, EncoderShape.unknown(conf)).keySet();
    }

    private static Map<String, long[]> shapes(ListaConf conf, EncoderShape shape) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        conf.getCoupling().addShapes(shape, shapes);
        conf.getThresholds().addShapes(shape, shapes);
        conf.getMomentum().addShapes(shape.steps(), shapes);
        if (conf.isGain()) {
            shapes.put(ListaConf.GAIN, new long[] {1, shape.units()});
        }
        if (conf.hasDecoder()) {
            shapes.put(ListaConf.DECODER, new long[] {shape.atom(), shape.units()});
        }
        return shapes;
    }

    @Override
    protected void start(ListaConf conf, Map<String, INDArray> params) {
        DataType type = params.values().iterator().next().dataType();
        startFromIsta(conf, params, RandomDictionary.draw(conf, conf.atomSize(), conf.ownUnits(), type));
    }

    /**
     * Sets all parameters so that K steps of the encoder are K steps of ISTA with this dictionary.
     *
     * @param dictionary D: [atomSize, ownUnits]. Not modified.
     */
    static void startFromIsta(ListaConf layer, Map<String, INDArray> params, INDArray dictionary) {
        double step;
        INDArray atoms = dictionary;
        if (layer.isTiedDecoder()) {
            atoms = dictionary.div(Math.sqrt(layer.squaredNorm(dictionary)));
            step = 1;
        } else if (layer.getStepSize() != null) {
            step = layer.getStepSize();
        } else {
            step = 1 / layer.squaredNorm(dictionary);
        }
        layer.getThresholds().start(layer, params, layer.getCoupling().start(layer, params, atoms, step));
        layer.getMomentum().start(params);
        if (params.containsKey(ListaConf.GAIN)) {
            params.get(ListaConf.GAIN).assign(1);
        }
        if (params.containsKey(ListaConf.DECODER)) {
            params.get(ListaConf.DECODER).assign(atoms);
        }
    }

    /**
     * Multiplies the step size of an encoder of one step, to which its code is proportional, by the factor with the
     * least reconstruction error.
     *
     * @param x     examples. Not modified.
     * @param image their reconstructions. Not modified.
     */
    static void fitSingleStep(Map<String, INDArray> params, INDArray x, INDArray image) {
        double own = Norms.squared(image);
        double factor = own == 0 ? 0 : image.mul(x).sumNumber().doubleValue() / own;
        if (factor > 0 && Double.isFinite(factor)) {
            boolean byStep = params.containsKey(ListaConf.STEP);
            params.get(byStep ? ListaConf.STEP : ListaConf.ENCODER).muli(factor);
            for (String name : List.of(ListaConf.THRESHOLD, ListaConf.NOISE)) {
                if (params.containsKey(name)) {
                    params.get(name).muli(factor);
                }
            }
        }
    }
}
