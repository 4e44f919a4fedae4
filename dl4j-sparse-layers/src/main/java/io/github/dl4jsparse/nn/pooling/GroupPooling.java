package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.math.Norms;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Smoothed norms of groups of maps over windows of space, and their gradient: products of large matrices, one an axis.
 * <p>\[ p_{g,u} = \sqrt{\epsilon + \sum_{v \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{j,v}^2}, \qquad
 * \partial L / \partial z_{j,v} = z_{j,v} \sum_{g \ni j} w_{gj} \sum_{u : v \in \mathrm{window}(u)}
 * \frac{1}{p_{g,u}} \frac{\partial L}{\partial p_{g,u}} \]
 * An all-zero pool has gradient zero, also with epsilon 0.
 * <p>Shapes: {@code z: [batch, maps]} or {@code [batch, maps, height, width]}; p has one entry a group instead of a map
 * and one a window instead of a position.
 *
 * @param groups  over maps; null for every map its own group
 * @param window  height and width
 * @param stride  height and width
 * @param epsilon the smoothing
 */
record GroupPooling(Groups groups, int[] window, int[] stride, double epsilon) {
    /** The number of windows that fit on an axis. */
    static long places(long length, int window, int stride) {
        return (length - window) / stride + 1;
    }

    /**
     * The norms of all pools.
     *
     * @param z not modified
     * @return a new array
     */
    INDArray norms(INDArray z) {
        INDArray squares = overMaps(z.mul(z), false);
        if (z.rank() == 4) {
            squares = overSpace(squares, z.size(2), z.size(3), false);
        }
        return Transforms.sqrt(squares.addi(epsilon), false);
    }

    /**
     * The gradient with respect to the code.
     *
     * @param z        the code. Not modified.
     * @param norms    what {@link #norms} returned for it. Not modified.
     * @param gradient with respect to the norms. Not modified.
     * @return a new array of the shape of the code
     */
    INDArray gradient(INDArray z, INDArray norms, INDArray gradient) {
        INDArray floored = Transforms.max(norms, Norms.SMALLEST, true);
        INDArray ratio = gradient.div(floored);
        // where the pool is zero so is the gradient
        ratio.muli(Transforms.sign(floored.subi(Norms.SMALLEST), false));
        if (z.rank() == 4) {
            ratio = overSpace(ratio, z.size(2), z.size(3), true);
        }
        return overMaps(ratio, true).muli(z);
    }

    private INDArray overMaps(INDArray x, boolean adjoint) {
        if (groups == null) {
            return x;
        }
        if (x.rank() == 2) {
            return map(x, adjoint);
        }
        long[] s = x.shape();
        INDArray rows = x.permute(0, 2, 3, 1).dup('c').reshape('c', s[0] * s[2] * s[3], s[1]);
        INDArray pooled = map(rows, adjoint).dup('c');
        return pooled.reshape('c', s[0], s[2], s[3], pooled.size(1)).permute(0, 3, 1, 2);
    }

    private INDArray map(INDArray rows, boolean adjoint) {
        return adjoint ? groups.spread(rows) : groups.pool(rows);
    }

    private INDArray overSpace(INDArray x, long height, long width, boolean adjoint) {
        if (window[0] == 1 && window[1] == 1 && stride[0] == 1 && stride[1] == 1) {
            return x;
        }
        INDArray across = alongLast(x, width, 1, adjoint);
        return alongLast(across.permute(0, 1, 3, 2), height, 0, adjoint).permute(0, 1, 3, 2);
    }

    /** Sums over the windows of the last axis, or spreads over them. */
    private INDArray alongLast(INDArray x, long length, int axis, boolean adjoint) {
        INDArray membership = membership(length, axis, x.dataType());
        long[] s = x.shape();
        INDArray rows = x.dup('c').reshape('c', s[0] * s[1] * s[2], s[3]);
        INDArray sums = Nd4j.gemm(rows, membership, false, adjoint).dup('c');
        return sums.reshape('c', s[0], s[1], s[2], sums.size(1));
    }

    /** 1 where a window holds a position: {@code [length, places]}. */
    private INDArray membership(long length, int axis, DataType type) {
        double[][] ones = new double[(int) length][(int) places(length, window[axis], stride[axis])];
        for (int place = 0; place < ones[0].length; place++) {
            for (int i = 0; i < window[axis]; i++) {
                ones[place * stride[axis] + i][place] = 1;
            }
        }
        return Nd4j.create(ones).castTo(type);
    }
}
