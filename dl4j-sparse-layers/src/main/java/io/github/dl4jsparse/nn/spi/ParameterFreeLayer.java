package io.github.dl4jsparse.nn.spi;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The base of layers without parameters: without pre-training, weight noise and regularisation.
 *
 * @param <C> the layer's configuration
 */
public abstract class ParameterFreeLayer<C extends ParameterFreeConf> extends AbstractLayer<C> {
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
