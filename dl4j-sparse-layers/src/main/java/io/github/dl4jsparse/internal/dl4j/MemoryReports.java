package io.github.dl4jsparse.internal.dl4j;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.learning.config.IUpdater;

/** Memory reports of layers that keep no caches. */
public final class MemoryReports {
    private MemoryReports() {}

    /**
     * The report of a layer.
     *
     * @param parameters number of trained parameters, 0 for none
     * @param updater    whose state is included; null while there is none
     * @param inference  elements per example of a pass of inference
     * @param training   elements per example of a pass of training, forward and backward
     */
    public static LayerMemoryReport of(
            Layer layer,
            InputType input,
            InputType output,
            long parameters,
            IUpdater updater,
            long inference,
            long training) {
        long state = parameters == 0 || updater == null ? 0 : updater.stateSize(parameters);
        return new LayerMemoryReport.Builder(layer.getLayerName(), layer.getClass(), input, output)
                .standardMemory(parameters, state)
                .workingMemory(0, inference, 0, training)
                .cacheMemory(0, 0)
                .build();
    }

    /**
     * The report of a layer with a dictionary.
     *
     * @param inference elements per example of a pass of inference
     * @param training  elements per example of a pass of training, forward and backward
     */
    public static LayerMemoryReport of(BaseLayer layer, InputType input, long inference, long training) {
        InputType output = layer.getOutputType(-1, input);
        long parameters = layer.initializer().numParams(layer);
        return of(layer, input, output, parameters, layer.getIUpdater(), inference, training);
    }

    /** The elements of one example; of sequences whose length is not known, those of one time step. */
    public static long elements(InputType type) {
        return type instanceof InputType.InputTypeRecurrent sequences && sequences.getTimeSeriesLength() <= 0
                ? sequences.getSize()
                : type.arrayElementsPerExample();
    }
}
