package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalDecoderLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inference of the layers of this library and of DL4J in ONNX's operators. */
final class OnnxLayers {
    private static final OnnxTable TABLE = new OnnxTable()
            .add(ListaLayer.class, OnnxEncoder::dense)
            .add(ConvolutionalListaLayer.class, OnnxEncoder::convolutional)
            .add(LocallyConnectedListaLayer.class, OnnxEncoder::local)
            .add(ConvolutionalDecoderLayer.class, OnnxDecoder::convert)
            .add(CnnLossLayer.class, OnnxDecoder::loss)
            .add(SparseCodingLayer.class, OnnxLayers::solver)
            .add(GroupL2PoolingLayer.class, OnnxGroupPooling::convert)
            .add(GroupSparsityLayer.class, OnnxLayers::same)
            .add(L2NormalizeLayer.class, OnnxNormalization::unitNorm)
            .add(LocalContrastLayer.class, OnnxNormalization::localContrast)
            .add(LateralInhibitionLayer.class, OnnxInhibition::convert)
            .add(DenseLayer.class, OnnxDense::dense)
            .add(OutputLayer.class, OnnxDense::output)
            .add(CenterLossOutputLayer.class, OnnxDense::output)
            .add(LossLayer.class, OnnxDense::loss)
            .add(ActivationLayer.class, OnnxDense::activation)
            .add(DropoutLayer.class, OnnxLayers::same)
            .add(ConvolutionLayer.class, OnnxConvolution::convolution)
            .add(Convolution2D.class, OnnxConvolution::convolution)
            .add(SubsamplingLayer.class, OnnxConvolution::subsampling)
            .add(Pooling2D.class, OnnxConvolution::subsampling)
            .add(GlobalPoolingLayer.class, OnnxGlobalPooling::convert)
            .add(BatchNormalization.class, OnnxBatchNormalization::convert);

    private OnnxLayers() {}

    /**
     * Adds a layer.
     *
     * @param conf   in its wrappers
     * @param params by name. Not modified.
     * @throws IllegalArgumentException if ONNX's operators do not express it
     */
    static OnnxValue convert(Layer conf, Map<String, INDArray> params, OnnxValue input) {
        Layer layer = conf;
        while (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
            layer = layer instanceof FrozenLayer frozen
                    ? frozen.getLayer()
                    : ((FrozenLayerWithBackprop) layer).getUnderlying();
        }
        if (layer instanceof OnnxLayer own) {
            return own.toOnnx(input, params);
        }
        if (!TABLE.has(layer)) {
            throw Args.failure(
                    "layer",
                    "one of this library or of DL4J's for rows and images that OnnxExport lists, or an OnnxLayer",
                    "a " + layer.getClass().getSimpleName());
        }
        return TABLE.convert(layer, params, input);
    }

    private static OnnxValue same(Layer layer, Map<String, INDArray> params, OnnxValue input) {
        return input;
    }

    private static OnnxValue solver(SparseCodingLayer layer, Map<String, INDArray> params, OnnxValue input) {
        throw Args.failure(
                "layer",
                "of a fixed number of steps; train a ListaLayer to predict its codes (predictive) and export that",
                "a SparseCodingLayer, which solves for its codes");
    }
}
