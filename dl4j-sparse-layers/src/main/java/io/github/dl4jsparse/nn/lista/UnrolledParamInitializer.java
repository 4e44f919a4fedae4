package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.nn.common.NamedParamInitializer;
import io.github.dl4jsparse.nn.common.RandomDictionary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lays the parameters of an unrolled encoder out in DL4J's flat array and starts them from ISTA. */
final class UnrolledParamInitializer extends NamedParamInitializer<ListaConf> {
    static final UnrolledParamInitializer INSTANCE = new UnrolledParamInitializer();

    private UnrolledParamInitializer() {
        super(
                ListaConf.class,
                Set.of(ListaConf.ENCODER, ListaConf.RECURRENT, ListaConf.DECODER),
                Set.of(ListaConf.THRESHOLD));
    }

    @Override
    protected Map<String, long[]> shapes(ListaConf conf) {
        return shapes(conf, conf.atomSize(), conf.ownUnits(), conf::recurrentShape);
    }

    @Override
    protected Set<String> names(ListaConf conf) {
        return shapes(conf, 0, 0, () -> new long[2]).keySet();
    }

    private static Map<String, long[]> shapes(ListaConf conf, long atom, long units, Supplier<long[]> recurrent) {
        long steps = conf.getIterations();
        boolean untied = conf.isUntied() && steps > 1;
        Map<String, long[]> shapes = new LinkedHashMap<>();
        long[] encoder = conf.isEncoderTransposed() ? new long[] {atom, units} : new long[] {units, atom};
        shapes.put(ListaConf.ENCODER, new long[] {untied ? steps * encoder[0] : encoder[0], encoder[1]});
        if (steps > 1 && conf.getRecurrence() == Recurrence.FREE) {
            long[] one = recurrent.get();
            shapes.put(ListaConf.RECURRENT, new long[] {untied ? (steps - 1) * one[0] : one[0], one[1]});
        } else if (steps > 1 && !conf.isTiedDecoder()) {
            shapes.put(ListaConf.STEP, new long[] {untied ? steps - 1 : 1, 1});
        }
        shapes.put(ListaConf.THRESHOLD, new long[] {untied ? steps : 1, units});
        if (conf.isGain()) {
            shapes.put(ListaConf.GAIN, new long[] {1, units});
        }
        if (conf.hasDecoder()) {
            shapes.put(ListaConf.DECODER, new long[] {atom, units});
        }
        return shapes;
    }

    @Override
    protected void start(ListaConf conf, Map<String, INDArray> params) {
        DataType type = params.get(ListaConf.ENCODER).dataType();
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
        double threshold = layer.getInitialThreshold() != null
                ? layer.getInitialThreshold()
                : step * layer.getPenalty().shrinkageThreshold();
        INDArray filters = atoms.mul(step);
        assignAll(params.get(ListaConf.ENCODER), layer.isEncoderTransposed() ? filters : filters.transpose());
        if (params.containsKey(ListaConf.RECURRENT)) {
            assignAll(params.get(ListaConf.RECURRENT), layer.istaRecurrence(atoms, step));
        }
        if (params.containsKey(ListaConf.STEP)) {
            params.get(ListaConf.STEP).assign(step);
        }
        params.get(ListaConf.THRESHOLD).assign(threshold);
        if (params.containsKey(ListaConf.GAIN)) {
            params.get(ListaConf.GAIN).assign(1);
        }
        if (params.containsKey(ListaConf.DECODER)) {
            params.get(ListaConf.DECODER).assign(atoms);
        }
    }

    /**
     * Multiplies the step size of an encoder of one step, whose code grows with it in proportion, by the factor with which the
     * reconstruction is best.
     *
     * @param x     examples. Not modified.
     * @param image their reconstructions. Not modified.
     */
    static void fitSingleStep(Map<String, INDArray> params, INDArray x, INDArray image) {
        double own = Norms.squared(image);
        double factor = own == 0 ? 0 : image.mul(x).sumNumber().doubleValue() / own;
        if (factor > 0 && Double.isFinite(factor)) {
            params.get(ListaConf.ENCODER).muli(factor);
            params.get(ListaConf.THRESHOLD).muli(factor);
        }
    }

    /** Assigns the same matrix to every step. */
    private static void assignAll(INDArray stack, INDArray value) {
        for (long k = 0; k < stack.size(0) / value.size(0); k++) {
            Rows.block(stack, k, value.size(0)).assign(value);
        }
    }
}
