package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.backend.KernelWarning;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The part of {@code instantiate} that is the same for every layer: listeners, index, parameters. */
public final class Instantiation {
    private Instantiation() {}

    /**
     * Sets in a new layer the arguments that DL4J passes to {@code instantiate}.
     *
     * @param layer            new, of the configuration in {@code conf}. Modified in place.
     * @param params           the layer's part of the network's parameters, null for none. Modified in place if
     *                         {@code initializeParams}; shared, not copied.
     * @param initializeParams whether the parameters get their first values here
     * @return the layer
     */
    public static <L extends Layer> L complete(
            L layer,
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initializeParams) {
        KernelWarning.warnOnce();
        layer.setListeners(listeners);
        layer.setIndex(index);
        if (params != null) {
            layer.setParamsViewArray(params);
        }
        layer.setParamTable(conf.getLayer().initializer().init(conf, params, initializeParams));
        layer.setConf(conf);
        return layer;
    }
}
