package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.math.Norms;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Smoothed norms of groups of maps over windows of space, and their gradient.
 * <p>\[ p_{g,u} = \sqrt{\epsilon + \sum_{v \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{j,v}^2}, \qquad
 * \partial L / \partial z_{j,v} = z_{j,v} \sum_{g \ni j} w_{gj} \sum_{u : v \in \mathrm{window}(u)}
 * \frac{1}{p_{g,u}} \frac{\partial L}{\partial p_{g,u}} \]
 * An all-zero pool has gradient zero, also with epsilon 0.
 * <p>Shapes: {@code z: [batch, maps]} or {@code [batch, height, width, maps]}; p has one entry a group instead of a map
 * and one a window instead of a place.
 *
 * @param groups  over maps; null for every map its own group
 * @param window  of space
 * @param epsilon the smoothing
 */
record GroupPooling(Groups groups, SpatialWindow window, double epsilon) {
    /**
     * The norms of all pools.
     *
     * @param z not modified
     * @return a new array
     */
    INDArray norms(INDArray z) {
        // without epsilon the square of the smallest number counts
        INDArray wide = epsilon == 0 ? z.castTo(DataType.DOUBLE) : Norms.squarable(z);
        INDArray squares = overMaps(wide.mul(wide), false);
        if (z.rank() == 4) {
            squares = window.sum(squares);
        }
        return Transforms.sqrt(squares.addi(epsilon), false).castTo(z.dataType());
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
            ratio = window.spread(ratio, z.size(1), z.size(2));
        }
        return overMaps(ratio, true).mul(z);
    }

    private INDArray overMaps(INDArray x, boolean adjoint) {
        if (groups == null) {
            return x;
        }
        if (x.rank() == 2) {
            return map(x, adjoint);
        }
        long[] s = x.shape();
        INDArray rows = x.dup('c').reshape('c', s[0] * s[1] * s[2], s[3]);
        INDArray pooled = map(rows, adjoint).dup('c');
        return pooled.reshape('c', s[0], s[1], s[2], pooled.size(1));
    }

    private INDArray map(INDArray rows, boolean adjoint) {
        return adjoint ? groups.spread(rows) : groups.pool(rows);
    }
}
