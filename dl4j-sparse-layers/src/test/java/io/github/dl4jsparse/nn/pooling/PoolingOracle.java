package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pools by plain loops, written from the formula. */
final class PoolingOracle {
    private PoolingOracle() {}

    /** The norms of all pools of a code {@code [batch, maps, height, width]}. */
    static INDArray norms(INDArray z, Groups groups, int[] window, int[] stride, double epsilon) {
        int down = 0;
        while (down * stride[0] + window[0] <= z.size(2)) {
            down++;
        }
        int across = 0;
        while (across * stride[1] + window[1] <= z.size(3)) {
            across++;
        }
        INDArray norms = Nd4j.zeros(DataType.DOUBLE, z.size(0), groups.count(), down, across);
        for (int n = 0; n < z.size(0); n++) {
            for (int g = 0; g < groups.count(); g++) {
                for (int y = 0; y < down; y++) {
                    for (int x = 0; x < across; x++) {
                        norms.putScalar(
                                new int[] {n, g, y, x},
                                norm(z, n, groups, g, y * stride[0], x * stride[1], window, epsilon));
                    }
                }
            }
        }
        return norms;
    }

    private static double norm(
            INDArray z, int n, Groups groups, int g, int top, int left, int[] window, double epsilon) {
        double sum = epsilon;
        for (int place = groups.start(g); place < groups.start(g + 1); place++) {
            for (int y = top; y < top + window[0]; y++) {
                for (int x = left; x < left + window[1]; x++) {
                    double value = z.getDouble(n, groups.member(place), y, x);
                    sum += groups.weight(place) * value * value;
                }
            }
        }
        return Math.sqrt(sum);
    }
}
