package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.backend.NativeStart;
import io.github.dl4jsparse.internal.dl4j.Instantiation;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.LayerErrors;
import io.github.dl4jsparse.internal.nn.UnusedOptions;
import java.util.Collection;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The base of configurations of layers without parameters. The layer itself is a {@link ParameterFreeLayer}.
 */
@NoArgsConstructor(access = AccessLevel.PROTECTED)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public abstract class ParameterFreeConf extends NoParamLayer {
    private static final long serialVersionUID = 1;

    static {
        // for jars without the service file that registers KernelChoice
        NativeStart.prepare();
    }

    /** Takes the options of a builder, and refuses constraints, which are for parameters. */
    protected ParameterFreeConf(Builder<?> builder) {
        super(builder);
        LayerErrors.refuseBad(() -> UnusedOptions.refuseConstraints(builder), getLayerName(), getClass());
        initializeConstraints(builder);
    }

    /** A new layer of this configuration. */
    protected abstract ParameterFreeLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType);

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray params,
            boolean initializeParams,
            DataType dataType) {
        LayerErrors.requirePrecision(dataType, this, index);
        return Instantiation.complete(newLayer(conf, dataType), conf, listeners, index, params, initializeParams);
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String paramName) {
        return false;
    }

    /**
     * A memory report of a layer without caches.
     *
     * @param inference elements an example that a pass without training needs
     * @param training  elements an example that a pass of training needs, forward and backward
     */
    protected final LayerMemoryReport memoryReport(
            InputType inputType, InputType outputType, long inference, long training) {
        return MemoryReports.of(this, inputType, outputType, 0, null, inference, training);
    }

    /**
     * The base of layers without parameters: without pre-training, weight noise and regularisation.
     *
     * @param <C> the layer's configuration
     */
    public abstract static class ParameterFreeLayer<C extends ParameterFreeConf> extends AbstractLayer<C> {
        private static final long serialVersionUID = 1;

        protected ParameterFreeLayer(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        public Type type() {
            return Type.FEED_FORWARD;
        }

        @Override
        public boolean isPretrainLayer() {
            return false;
        }

        @Override
        public double calcRegularizationScore(boolean backpropParamsOnly) {
            return 0;
        }

        /** Skips dropout outside of training, where DL4J's dropout has no mask. */
        @Override
        protected INDArray backpropDropOutIfPresent(INDArray epsilon) {
            return dropoutApplied ? super.backpropDropOutIfPresent(epsilon) : epsilon;
        }

        @Override
        public void clearNoiseWeightParams() {
            // no weights, so no weight noise
        }

        /** A layer of the same configuration; it has no parameters. */
        @Override
        public Layer clone() {
            ParameterFreeLayer<?> copy = layerConf().newLayer(conf, dataType);
            copy.setIndex(index);
            return copy;
        }
    }
}
