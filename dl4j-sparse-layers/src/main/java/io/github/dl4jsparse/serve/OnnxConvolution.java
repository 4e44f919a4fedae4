package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.serve.OnnxGraph.Node;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's convolution and pooling of images.
 * <p>Shapes: images {@code [batch, channels, height, width]} or with the channels last, by the layer's format; filters
 * {@code [nOut, nIn, kernelHeight, kernelWidth]}.
 */
final class OnnxConvolution {
    private OnnxConvolution() {}

    static OnnxValue convolution(ConvolutionLayer layer, Map<String, INDArray> params, OnnxValue input) {
        OnnxValue x = OnnxImages.channelsFirst(input.requireRank("a convolution", 4), layer.getCnn2dDataFormat());
        OnnxGraph graph = x.graph();
        INDArray bias = params.get(ConvolutionParamInitializer.BIAS_KEY);
        Node node = graph.node(
                "Conv",
                x,
                graph.constant(params.get(ConvolutionParamInitializer.WEIGHT_KEY)),
                bias == null ? null : graph.constant(bias.reshape(bias.length())));
        Windows windows = Windows.of(layer);
        OnnxValue y = windows.set(node, x)
                .with("dilations", longs(layer.getDilation()))
                .to(x.size(0), layer.getNOut(), windows.positions(x, 0), windows.positions(x, 1));
        return OnnxActivations.convert(layer.getActivationFn(), OnnxImages.inFormat(y, layer.getCnn2dDataFormat()));
    }

    static OnnxValue subsampling(SubsamplingLayer layer, Map<String, INDArray> params, OnnxValue input) {
        OnnxValue x = OnnxImages.channelsFirst(input.requireRank("a pooling", 4), layer.getCnn2dDataFormat());
        Node node =
                switch (layer.getPoolingType()) {
                    case MAX -> x.graph().node("MaxPool", x).with("dilations", longs(layer.getDilation()));
                    case AVG ->
                        x.graph()
                                .node("AveragePool", undilated(layer, x))
                                .with("count_include_pad", layer.isAvgPoolIncludePadInDivisor() ? 1 : 0);
                    case PNORM -> x.graph().node("LpPool", undilated(layer, x)).with("p", (long) layer.getPnorm());
                    default -> throw Args.failure("pooling type", "MAX, AVG or PNORM", layer.getPoolingType());
                };
        Windows windows = Windows.of(layer);
        OnnxValue y = windows.set(node, x)
                .with("kernel_shape", longs(layer.getKernelSize()))
                .to(x.size(0), x.size(1), windows.positions(x, 0), windows.positions(x, 1));
        return OnnxImages.inFormat(y, layer.getCnn2dDataFormat());
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static OnnxValue undilated(SubsamplingLayer layer, OnnxValue x) {
        if (Arrays.stream(layer.getDilation()).anyMatch(d -> d != 1)) {
            throw Args.failure("dilation", "1 x 1 for pooling other than MAX", Arrays.toString(layer.getDilation()));
        }
        return x;
    }

    /** Size, stride, padding and dilation of windows, down and across. */
    private record Windows(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        static Windows of(ConvolutionLayer layer) {
            return new Windows(
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation(),
                    layer.getConvolutionMode());
        }

        static Windows of(SubsamplingLayer layer) {
            return new Windows(
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getPadding(),
                    layer.getDilation(),
                    layer.getConvolutionMode());
        }

        Node set(Node node, OnnxValue x) {
            node.with("strides", longs(stride));
            long[] zeros = {padding[0], padding[1], padding[0], padding[1]};
            for (int axis = 0; axis < 2 && mode == ConvolutionMode.Same; axis++) {
                if (x.size(axis + 2) == OnnxValue.FREE) {
                    return sameOfAnySize(node);
                }
                // one more after the image than before it, if the number of zeros is odd
                long all = Math.max(0, (positions(x, axis) - 1) * stride[axis] + reach(axis) - x.size(axis + 2));
                zeros[axis] = all / 2;
                zeros[axis + 2] = all - all / 2;
            }
            return node.with("pads", zeros);
        }

        private Node sameOfAnySize(Node node) {
            if (dilation[0] * dilation[1] != 1) {
                throw Args.failure(
                        "dilation",
                        "1 x 1 in mode Same for images of any size; or give the network's input type to OnnxExport",
                        Arrays.toString(dilation));
            }
            return node.with("auto_pad", "SAME_UPPER");
        }

        private long reach(int axis) {
            return (kernel[axis] - 1L) * dilation[axis] + 1;
        }

        /** The number of windows along an axis. */
        long positions(OnnxValue x, int axis) {
            long side = x.size(axis + 2);
            if (side == OnnxValue.FREE) {
                return side;
            }
            if (mode == ConvolutionMode.Same) {
                return (side + stride[axis] - 1) / stride[axis];
            }
            return (side + 2L * padding[axis] - reach(axis)) / stride[axis] + 1;
        }
    }
}
