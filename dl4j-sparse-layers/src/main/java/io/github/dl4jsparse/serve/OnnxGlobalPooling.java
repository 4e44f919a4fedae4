package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DL4J's pooling over all of an image or a sequence. */
final class OnnxGlobalPooling {
    private OnnxGlobalPooling() {}

    static OnnxValue convert(GlobalPoolingLayer layer, Map<String, INDArray> params, OnnxValue x) {
        int[] axes = layer.getPoolingDimensions();
        if (axes == null) {
            axes = x.rank() == 4 ? new int[] {2, 3} : new int[] {2};
        }
        if (!layer.isCollapseDimensions()) {
            throw Args.failure("collapseDimensions", "on", false);
        }
        OnnxValue pooled =
                switch (layer.getPoolingType()) {
                    case MAX -> x.max(axes);
                    case AVG -> x.mean(axes);
                    case SUM -> x.sum(axes);
                    case PNORM -> power(power(x.each("Abs"), layer.getPnorm()).sum(axes), 1.0 / layer.getPnorm());
                };
        int[] pooledAxes = axes;
        long[] left = IntStream.range(1, x.rank())
                .filter(axis -> Arrays.stream(pooledAxes).noneMatch(a -> a == axis))
                .mapToLong(pooled::size)
                .toArray();
        return pooled.reshaped(left);
    }

    private static OnnxValue power(OnnxValue x, double exponent) {
        return x.with("Pow", x.graph().number(exponent));
    }
}
