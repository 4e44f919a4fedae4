package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's layers of rows: \( y = f(x W + b) \), and those without weights.
 * <p>Shapes: {@code x: [batch, nIn]}, {@code W: [nIn, nOut]}, {@code y: [batch, nOut]}.
 */
final class OnnxDense {
    private OnnxDense() {}

    static OnnxValue dense(DenseLayer layer, Map<String, INDArray> params, OnnxValue x) {
        if (layer.hasLayerNorm()) {
            throw Args.failure("layer normalisation", "off", true);
        }
        return affine(layer, params, x);
    }

    static OnnxValue output(BaseOutputLayer layer, Map<String, INDArray> params, OnnxValue x) {
        return affine(layer, params, x);
    }

    static OnnxValue loss(LossLayer layer, Map<String, INDArray> params, OnnxValue x) {
        return OnnxActivations.convert(layer.getActivationFn(), x);
    }

    static OnnxValue activation(ActivationLayer layer, Map<String, INDArray> params, OnnxValue x) {
        return OnnxActivations.convert(layer.getActivationFn(), x);
    }

    private static OnnxValue affine(BaseLayer layer, Map<String, INDArray> params, OnnxValue x) {
        OnnxValue weights = x.graph().constant(params.get(DefaultParamInitializer.WEIGHT_KEY));
        OnnxValue product = product(x, weights, bias(params, x));
        return OnnxActivations.convert(layer.getActivationFn(), product);
    }

    private static OnnxValue bias(Map<String, INDArray> params, OnnxValue x) {
        INDArray bias = params.get(DefaultParamInitializer.BIAS_KEY);
        return bias == null ? null : x.graph().constant(bias.reshape(bias.length()));
    }

    private static OnnxValue product(OnnxValue x, OnnxValue weights, OnnxValue bias) {
        return x.requireRank("a dense layer", 2)
                .graph()
                .node("Gemm", x, weights, bias)
                .to(x.size(0), weights.size(1));
    }
}
