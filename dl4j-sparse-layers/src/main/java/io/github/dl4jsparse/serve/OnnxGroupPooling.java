package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The norms of groups of units or maps in spatial windows, in ONNX's operators. */
final class OnnxGroupPooling {
    private OnnxGroupPooling() {}

    static OnnxValue convert(GroupL2PoolingLayer layer, Map<String, INDArray> params, OnnxValue z) {
        boolean last = z.rank() == 2
                || z.rank() == 3 && layer.getSequenceFormat() == RNNFormat.NWC
                || z.rank() == 4 && layer.getDataFormat() == CNN2DFormat.NHWC;
        OnnxValue squares = z.times(z);
        if (layer.getGroups() != null) {
            squares = last || z.rank() == 2
                    ? sums(squares, layer.getGroups())
                    : OnnxAxes.channelsFirst(sums(OnnxAxes.channelsLast(squares), layer.getGroups()));
        }
        if (z.rank() > 2) {
            OnnxValue first = last ? OnnxAxes.channelsFirst(squares) : squares;
            OnnxValue pooled = windows(layer, first);
            squares = last ? OnnxAxes.channelsLast(pooled) : pooled;
        }
        return squares.plus(z.graph().number(layer.getEpsilon())).each("Sqrt");
    }

    private static OnnxValue sums(OnnxValue rows, Groups groups) {
        int[][] members = new int[groups.count()][];
        double[][] weights = new double[groups.count()][];
        for (int g = 0; g < members.length; g++) {
            members[g] = groups.members(g);
            int start = groups.start(g);
            weights[g] = new double[members[g].length];
            Arrays.setAll(weights[g], i -> groups.weight(start + i));
        }
        return OnnxGroups.sums(rows, members, groups.hasUnitWeights() ? null : weights);
    }

    /** The sums in the windows, as means times the number of positions. */
    private static OnnxValue windows(GroupL2PoolingLayer layer, OnnxValue x) {
        int[] window = layer.getWindow();
        int[] stride = layer.getStride();
        if (window[0] * window[1] == 1 && stride[0] * stride[1] == 1) {
            return x;
        }
        int first = x.rank() == 3 ? 1 : 0;
        long[] shape = x.shape();
        for (int axis = first; axis < 2; axis++) {
            int own = axis - first + 2;
            if (shape[own] != OnnxValue.FREE) {
                shape[own] = (shape[own] - window[axis]) / stride[axis] + 1;
            }
        }
        return x.graph()
                .node("AveragePool", x)
                .with("kernel_shape", longs(window, first))
                .with("strides", longs(stride, first))
                .to(shape)
                .times((double) window[0] * window[1]);
    }

    private static long[] longs(int[] values, int first) {
        return Arrays.stream(values).skip(first).asLongStream().toArray();
    }
}
