package io.github.dl4jsparse.group;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.math.HostArrays;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A window that shifts over the places of feature maps, and the sums in it: the pools of a convolutional code in space.
 * <p>\[ y_{u,k} = \sum_{v \in \mathrm{window}(u)} x_{v,k} \]
 * where u is a place of the window, which lies entirely inside, v a place of the maps, and k a map.
 * <p>Shapes: maps {@code [batch, height, width, maps]}, sums {@code [batch, placesDown, placesAcross, maps]}.
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

    /** One place: every place is its own window. */
    public static final SpatialWindow PLACE = new SpatialWindow(1, 1, 1, 1);

    /** @throws IllegalArgumentException if a number is below 1 */
    @JsonCreator
    public SpatialWindow {
        Args.atLeast("window height", height, 1);
        Args.atLeast("window width", width, 1);
        Args.atLeast("stride height", strideHeight, 1);
        Args.atLeast("stride width", strideWidth, 1);
    }

    /** A square window that shifts by the same number of places down and across. */
    public static SpatialWindow square(int size, int stride) {
        return new SpatialWindow(size, size, stride, stride);
    }

    /**
     * Windows that fit into the rows of a map.
     *
     * @throws IllegalArgumentException if none does
     */
    public int placesDown(long rows) {
        return places("height", rows, height, strideHeight);
    }

    /**
     * Windows that fit into the columns of a map.
     *
     * @throws IllegalArgumentException if none does
     */
    public int placesAcross(long columns) {
        return places("width", columns, width, strideWidth);
    }

    private static int places(String axis, long length, int size, int stride) {
        if (size > length) {
            throw Args.failure("window " + axis, "at most the " + axis + " " + length + " of the maps", size);
        }
        return (int) ((length - size) / stride + 1);
    }

    /** Whether every place is its own window. */
    public boolean isPlace() {
        return equals(PLACE);
    }

    /**
     * The sums of all windows.
     *
     * @param maps {@code [batch, height, width, maps]}. Not modified.
     * @return a new array; the maps themselves where every place is its own window
     */
    public INDArray sum(INDArray maps) {
        if (isPlace()) {
            return maps;
        }
        long[] s = maps.shape();
        int down = placesDown(s[1]);
        int across = placesAcross(s[2]);
        Object sums = HostArrays.plain(maps);
        sums = alongAxis(sums, s[0] * s[1], s[2], s[3], across, width, strideWidth, false);
        sums = alongAxis(sums, s[0], s[1], across * s[3], down, height, strideHeight, false);
        return array(sums, maps, s[0], down, across, s[3]);
    }

    /**
     * The adjoint of {@link #sum}: gives each place the sum over the windows that hold it.
     *
     * @param sums   {@code [batch, placesDown, placesAcross, maps]}. Not modified.
     * @param height of the maps
     * @param width  of the maps
     * @return {@code [batch, height, width, maps]}, a new array; the sums themselves where every place is its own window
     */
    public INDArray spread(INDArray sums, long height, long width) {
        if (isPlace()) {
            return sums;
        }
        long[] s = sums.shape();
        Object maps = HostArrays.plain(sums);
        maps = alongAxis(maps, s[0], height, s[2] * s[3], s[1], this.height, strideHeight, true);
        maps = alongAxis(maps, s[0] * height, width, s[3], s[2], this.width, strideWidth, true);
        return array(maps, sums, s[0], height, width, s[3]);
    }

    private static INDArray array(Object values, INDArray like, long... shape) {
        INDArray result = Nd4j.createUninitialized(like.dataType(), shape, 'c');
        HostArrays.write(values, result, 0);
        return result;
    }

    /** Sums over the windows of the middle axis of {@code [outer, length, inner]}, or spreads over them. */
    private static Object alongAxis(
            Object from, long outer, long length, long inner, long places, int size, int stride, boolean spread) {
        int run = (int) inner;
        Object to = HostArrays.room(from, Math.toIntExact(outer * (spread ? length : places) * inner));
        for (int o = 0; o < outer; o++) {
            for (int u = 0; u < places; u++) {
                int window = Math.toIntExact((o * places + u) * run);
                for (int i = 0; i < size; i++) {
                    int place = Math.toIntExact((o * length + (long) u * stride + i) * run);
                    HostArrays.addRun(from, spread ? window : place, to, spread ? place : window, run);
                }
            }
        }
        return to;
    }
}
