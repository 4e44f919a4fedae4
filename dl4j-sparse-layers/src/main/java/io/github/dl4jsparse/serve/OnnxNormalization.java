package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers that normalise codes and maps, in ONNX's operators. */
final class OnnxNormalization {
    /** Fraction of an image's largest value below which a deviation is rounding error, as in {@code LocalContrast}. */
    private static final double ROUNDING = 1e-5;

    private static final double SMALLEST = 1e-30;

    private OnnxNormalization() {}

    /** Codes divided by their norms; zero where those are. */
    static OnnxValue unitNorm(L2NormalizeLayer layer, Map<String, INDArray> params, OnnxValue z) {
        int axis = z.rank() == 3 && layer.getSequenceFormat() != RNNFormat.NWC ? 1 : z.rank() - 1;
        // divided by the largest unit first, as squares of small units underflow in single precision
        OnnxValue largest = atLeast(z.each("Abs").max(axis), SMALLEST);
        OnnxValue scaled = z.over(largest);
        return scaled.over(atLeast(scaled.times(scaled).sum(axis).each("Sqrt"), SMALLEST));
    }

    private static OnnxValue atLeast(OnnxValue x, double least) {
        return x.with("Max", x.graph().number(least));
    }

    /** Differences from the mean of the neighbourhood, divided by their deviation there. */
    static OnnxValue localContrast(LocalContrastLayer layer, Map<String, INDArray> params, OnnxValue input) {
        boolean isSequence = input.rank() == 3;
        OnnxValue x = OnnxImages.known(
                isSequence
                        ? OnnxImages.ofOneRow(input, layer.getSequenceFormat())
                        : OnnxImages.channelsFirst(input, layer.getDataFormat()));
        OnnxGraph graph = x.graph();
        OnnxValue largest = x.each("Abs").max(1, 2, 3);
        OnnxValue image = x.over(atLeast(largest, SMALLEST));
        OnnxSmoothing smoothing = OnnxSmoothing.of(graph, layer, x);
        OnnxValue v = image.minus(smoothing.apply(image.mean(1)));
        OnnxValue deviation = smoothing.apply(v.times(v).mean(1)).each("Sqrt");
        OnnxValue isRounding = deviation.with("LessOrEqual", graph.number(ROUNDING));
        OnnxValue sigma = graph.number(0).where(isRounding, deviation);
        OnnxValue floor = sigma.mean(2, 3);
        OnnxValue scale = graph.number(1).over(atLeast(sigma.with("Max", floor), SMALLEST));
        OnnxValue hasContrast = floor.with("Greater", graph.number(0));
        OnnxValue y = v.times(scale).where(hasContrast, graph.number(0));
        return isSequence
                ? OnnxImages.asSequences(y, layer.getSequenceFormat())
                : OnnxImages.inFormat(y, layer.getDataFormat());
    }
}
