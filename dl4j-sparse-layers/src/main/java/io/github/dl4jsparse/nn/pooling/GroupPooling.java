package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Rows;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Smoothed norms of groups of maps over spatial windows, and their gradient.
 * <p>\[ p_{g,u} = \sqrt{\epsilon + \sum_{v \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{j,v}^2}, \qquad
 * \partial L / \partial z_{j,v} = z_{j,v} \sum_{g \ni j} w_{gj} \sum_{u : v \in \mathrm{window}(u)}
 * \frac{1}{p_{g,u}} \frac{\partial L}{\partial p_{g,u}} \]
 * An all-zero pool has gradient zero, also with epsilon 0.
 * <p>Shapes: {@code z: [batch, maps]} or {@code [batch, height, width, maps]}; p has an entry for each group instead of
 * each map, and for each window instead of each position.
 *
 * @param groups  over maps; null if every map is a group of its own
 * @param window  of space
 * @param epsilon the smoothing
 */
record GroupPooling(Groups groups, SpatialWindow window, double epsilon) {
    /**
     * The norms of all pools.
     *
     * @param z      in c order. Not modified.
     * @param result of the shape of the norms, in c order. Modified in place.
     * @return {@code result}
     */
    INDArray norms(INDArray z, INDArray result) {
        HostRows.replace(
                rows(result),
                (rows, norms) -> {
                    double[] squares = rows[0];
                    for (int i = 0; i < squares.length; i++) {
                        squares[i] *= squares[i];
                    }
                    double[] sums = sums(squares, z);
                    for (int i = 0; i < norms.length; i++) {
                        norms[i] = Math.sqrt(sums[i] + epsilon);
                    }
                },
                rows(z));
        return result;
    }

    /** The shape of the norms of a code. */
    long[] shape(INDArray z) {
        long[] shape = z.shape().clone();
        shape[shape.length - 1] = groups == null ? shape[shape.length - 1] : groups.count();
        if (z.rank() == 4) {
            shape[1] = window.positionsDown(shape[1]);
            shape[2] = window.positionsAcross(shape[2]);
        }
        return shape;
    }

    private static INDArray rows(INDArray x) {
        return Rows.matrix(x, x.length() / x.size(0));
    }

    private double[] sums(double[] squares, INDArray z) {
        double[] sums = squares;
        if (groups != null) {
            int places = squares.length / groups.units();
            sums = new double[places * groups.count()];
            for (int place = 0; place < places; place++) {
                groups.pool(squares, place * groups.units(), sums, place * groups.count());
            }
        }
        return z.rank() == 4 ? window.sum(sums, (int) z.size(1), (int) z.size(2)) : sums;
    }

    /**
     * The gradient with respect to the code.
     *
     * @param z        the code, in c order. Not modified.
     * @param norms    the result of {@link #norms} for it. Not modified.
     * @param gradient with respect to the norms, in c order. Not modified.
     * @param result   of the shape of the code, in c order. Modified in place.
     * @return {@code result}
     */
    INDArray gradient(INDArray z, INDArray norms, INDArray gradient, INDArray result) {
        HostRows.replace(
                rows(result),
                (rows, onCode) -> {
                    double[] ratios = rows[2];
                    for (int i = 0; i < ratios.length; i++) {
                        // where the pool is zero, the gradient is zero
                        ratios[i] = rows[1][i] > Norms.SMALLEST ? ratios[i] / rows[1][i] : 0;
                    }
                    poolAdjoint(ratios, z, onCode);
                    for (int i = 0; i < onCode.length; i++) {
                        onCode[i] *= rows[0][i];
                    }
                },
                rows(z),
                rows(norms),
                rows(gradient));
        return result;
    }

    private void poolAdjoint(double[] ratios, INDArray z, double[] result) {
        double[] perPlace = z.rank() == 4 ? window.sumAdjoint(ratios, (int) z.size(1), (int) z.size(2)) : ratios;
        if (groups == null) {
            System.arraycopy(perPlace, 0, result, 0, result.length);
            return;
        }
        for (int place = 0; place < result.length / groups.units(); place++) {
            groups.poolAdjoint(perPlace, place * groups.count(), result, place * groups.units());
        }
    }
}
