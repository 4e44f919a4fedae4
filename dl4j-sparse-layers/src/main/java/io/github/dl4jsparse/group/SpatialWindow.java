package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.HostRows;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A window that shifts over the positions of feature maps, and the sums in it: the spatial pools of a convolutional
 * code.
 * <p>\[ y_{u,k} = \sum_{v \in \mathrm{window}(u)} x_{v,k} \]
 * where u is a position of the window, which lies entirely inside of the map, v a position of the maps, and k a map.
 * <p>Shapes: maps {@code [batch, height, width, maps]}, sums {@code [batch, positionsDown, positionsAcross, maps]}.
 *
 * @param height       rows of the window
 * @param width        columns of the window
 * @param strideHeight rows from one window to the next
 * @param strideWidth  columns from one window to the next
 */
public record SpatialWindow(
        @JsonProperty("height") int height,
        @JsonProperty("width") int width,
        @JsonProperty("strideHeight") int strideHeight,
        @JsonProperty("strideWidth") int strideWidth)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** A window of one position. */
    public static final SpatialWindow SINGLE_POSITION = new SpatialWindow(1, 1, 1, 1);

    /** @throws IllegalArgumentException if a number is below 1 */
    @JsonCreator
    public SpatialWindow {
        Args.atLeast("window height", height, 1);
        Args.atLeast("window width", width, 1);
        Args.atLeast("stride height", strideHeight, 1);
        Args.atLeast("stride width", strideWidth, 1);
    }

    /** A square window with the same stride down and across. */
    public static SpatialWindow square(int size, int stride) {
        return new SpatialWindow(size, size, stride, stride);
    }

    /**
     * The number of windows along the rows of a map.
     *
     * @throws IllegalArgumentException if none does
     */
    public int positionsDown(long rows) {
        return positions("height", rows, height, strideHeight);
    }

    /**
     * The number of windows along the columns of a map.
     *
     * @throws IllegalArgumentException if none does
     */
    public int positionsAcross(long columns) {
        return positions("width", columns, width, strideWidth);
    }

    private static int positions(String axis, long length, int size, int stride) {
        if (size > length) {
            throw Args.failure("window " + axis, "at most the " + axis + " " + length + " of the maps", size);
        }
        return (int) ((length - size) / stride + 1);
    }

    /** Whether the window is a single position with stride 1. */
    public boolean isSinglePosition() {
        return equals(SINGLE_POSITION);
    }

    /**
     * The sums of all windows.
     *
     * @param maps {@code [batch, height, width, maps]}. Not modified.
     * @return a new array; the maps themselves for windows of one position
     */
    public INDArray sum(INDArray maps) {
        if (isSinglePosition()) {
            return maps;
        }
        long[] s = maps.shape();
        int down = positionsDown(s[1]);
        int across = positionsAcross(s[2]);
        INDArray sums = HostRows.map(
                Math.toIntExact(down * across * s[3]),
                (rows, result) -> System.arraycopy(sum(rows[0], (int) s[1], (int) s[2]), 0, result, 0, result.length),
                images(maps));
        return sums.reshape('c', s[0], down, across, s[3]);
    }

    private static INDArray images(INDArray maps) {
        return maps.reshape('c', maps.size(0), maps.length() / maps.size(0));
    }

    /**
     * The adjoint of {@link #sum}: for each position the sum over the windows that contain it.
     *
     * @param sums   {@code [batch, positionsDown, positionsAcross, maps]}. Not modified.
     * @param height of the maps
     * @param width  of the maps
     * @return {@code [batch, height, width, maps]}, a new array; the sums themselves for windows of one position
     */
    public INDArray sumAdjoint(INDArray sums, long height, long width) {
        if (isSinglePosition()) {
            return sums;
        }
        long[] s = sums.shape();
        INDArray maps = HostRows.map(
                Math.toIntExact(height * width * s[3]),
                (rows, result) ->
                        System.arraycopy(sumAdjoint(rows[0], (int) height, (int) width), 0, result, 0, result.length),
                images(sums));
        return maps.reshape('c', s[0], height, width, s[3]);
    }

    /**
     * The sums of all windows of one image in a Java array.
     *
     * @param maps {@code [height, width, maps]} in c order. Not modified.
     * @return {@code [positionsDown, positionsAcross, maps]}; the maps themselves for windows of one position
     */
    public double[] sum(double[] maps, int height, int width) {
        if (isSinglePosition()) {
            return maps;
        }
        int count = maps.length / (height * width);
        int across = positionsAcross(width);
        Object rows = alongAxis(maps, height, width, count, across, this.width, strideWidth, false);
        return (double[])
                alongAxis(rows, 1, height, across * count, positionsDown(height), this.height, strideHeight, false);
    }

    /**
     * The adjoint of {@link #sum(double[], int, int)}.
     *
     * @param sums   {@code [positionsDown, positionsAcross, maps]} in c order. Not modified.
     * @param height of the maps
     * @param width  of the maps
     * @return {@code [height, width, maps]}; the sums themselves for windows of one position
     */
    public double[] sumAdjoint(double[] sums, int height, int width) {
        if (isSinglePosition()) {
            return sums;
        }
        int down = positionsDown(height);
        int across = positionsAcross(width);
        int count = sums.length / (down * across);
        Object rows = alongAxis(sums, 1, height, across * count, down, this.height, strideHeight, true);
        return (double[]) alongAxis(rows, height, width, count, across, this.width, strideWidth, true);
    }

    /** Sums over the windows of the middle axis of {@code [outer, length, inner]}, or spreads over them. */
    private static Object alongAxis(
            Object from, long outer, long length, long inner, long places, int size, int stride, boolean adjoint) {
        int run = (int) inner;
        Object to = HostArrays.zeros(from, Math.toIntExact(outer * (adjoint ? length : places) * inner));
        for (int o = 0; o < outer; o++) {
            for (int u = 0; u < places; u++) {
                int window = Math.toIntExact((o * places + u) * run);
                for (int i = 0; i < size; i++) {
                    int place = Math.toIntExact((o * length + (long) u * stride + i) * run);
                    HostArrays.addRun(from, adjoint ? window : place, to, adjoint ? place : window, run);
                }
            }
        }
        return to;
    }
}
