package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.lista.ConvolutionalDecoderLayer;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers that reconstruct images from codes, in ONNX's operators. */
final class OnnxDecoder {
    private OnnxDecoder() {}

    static OnnxValue convert(ConvolutionalDecoderLayer layer, Map<String, INDArray> params, OnnxValue input) {
        OnnxValue code = OnnxImages.known(
                OnnxImages.channelsFirst(input.requireRank("a layer of images", 4), layer.getDataFormat()));
        ConvolutionGeometry geometry = layer.geometry(code.size(2), code.size(3));
        INDArray filters = params.get(ConvolutionalDecoderLayer.DICTIONARY).transpose();
        OnnxMap map = new OnnxConvolutionalWiring.Filters(code.graph(), geometry, filters);
        return OnnxImages.inFormat(map.toImage(code), layer.getDataFormat());
    }

    static OnnxValue loss(CnnLossLayer layer, Map<String, INDArray> params, OnnxValue images) {
        if (layer.getActivationFn() instanceof ActivationSoftmax) {
            throw Args.failure("activation", "one of each element in a loss layer of images", layer.getActivationFn());
        }
        return OnnxActivations.convert(layer.getActivationFn(), images);
    }
}
