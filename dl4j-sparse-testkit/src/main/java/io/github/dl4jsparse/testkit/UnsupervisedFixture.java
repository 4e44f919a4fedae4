package io.github.dl4jsparse.testkit;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import java.lang.reflect.Field;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The further methods by which {@link UnsupervisedLayerContract} accesses the layer under test. */
interface UnsupervisedFixture extends LayerFixture {
    /** {@inheritDoc} It knows another penalty. */
    @Override
    default Object otherValue(Field field, Object value) {
        return field.getType() == Penalty.class ? new L1Penalty(0.777) : LayerFixture.super.otherValue(field, value);
    }

    /** The layer under test of a network. */
    default UnsupervisedLayer layer(MultiLayerNetwork net) {
        return (UnsupervisedLayer) net.getLayer(NAME);
    }

    /**
     * How much the elements of a residual count in the squared error.
     *
     * @param residual of the shape of the input. Not modified.
     * @return an array that the residual's squares are multiplied by; here ones
     */
    default INDArray pixelWeights(LayerVariant variant, INDArray residual) {
        return Nd4j.onesLike(residual);
    }

    /** The same with weights that the input itself gives; here none. */
    default INDArray pixelWeights(LayerVariant variant, INDArray residual, INDArray x) {
        return pixelWeights(variant, residual);
    }

    /** The part of an input that the layer reconstructs; here all of it. */
    default INDArray described(INDArray x) {
        return x;
    }

    /** The layer under test with its check for NaN and infinite input switched off. */
    default Layer withoutInputValidation(LayerVariant variant, double weight) {
        return with(variant, weight, builder -> ((SparseLayerBuilder<?>) builder).validateInput(false));
    }

    /** {@inheritDoc} A layer with a dictionary takes them all. */
    @Override
    default Layer withOptionsOfWeights(
            LayerVariant variant,
            double weight,
            Consumer<Layer.Builder<?>> options,
            Consumer<BaseLayer.Builder<?>> ofWeights) {
        return with(variant, weight, options.andThen(builder -> ofWeights.accept((BaseLayer.Builder<?>) builder)));
    }
}
