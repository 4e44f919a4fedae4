package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;

/**
 * The grid of a map of units: a sheet with borders, or a torus, where the last row and column are next to the first.
 * <p>Shapes: the unit of row y and column x has the index {@code y * width + x}.
 *
 * @param height number of rows, at least 1
 * @param width  number of columns, at least 1
 * @param torus  whether opposite borders meet
 */
public record MapGrid(int height, int width, boolean torus) {
    /** @throws IllegalArgumentException if a side is below 1, or there are more units than an array holds */
    public MapGrid {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        if ((long) height * width > Integer.MAX_VALUE / 2) {
            throw Args.failure("height * width", "at most " + Integer.MAX_VALUE / 2, (long) height * width);
        }
    }

    /** A map without borders. */
    public static MapGrid torus(int height, int width) {
        return new MapGrid(height, width, true);
    }

    /** A map with borders. */
    public static MapGrid bordered(int height, int width) {
        return new MapGrid(height, width, false);
    }

    /** The number of units. */
    public int units() {
        return height * width;
    }

    /** The unit at a position; on a torus, coordinates are taken modulo height and width. */
    int unit(int y, int x) {
        return Math.floorMod(y, height) * width + Math.floorMod(x, width);
    }

    /** Every unit with the next one in its row and its column, each pair once: a new array. */
    int[][] neighbours() {
        List<int[]> pairs = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                // around a ring of two, both ways lead to the same neighbour
                if (x + 1 < width || torus && width > 2) {
                    pairs.add(new int[] {unit(y, x), unit(y, x + 1)});
                }
                if (y + 1 < height || torus && height > 2) {
                    pairs.add(new int[] {unit(y, x), unit(y + 1, x)});
                }
            }
        }
        return pairs.toArray(int[][]::new);
    }

    /** The distance of two points; on a torus the shortest one. */
    double distance(double y, double x, double otherY, double otherX) {
        double dy = y - otherY;
        double dx = x - otherX;
        return torus ? Math.hypot(Math.IEEEremainder(dy, height), Math.IEEEremainder(dx, width)) : Math.hypot(dy, dx);
    }

    /** The area of the map in squared distances of neighbours: a border's outer half units don't count. */
    double area() {
        return torus ? units() : (height - 1.0) * (width - 1.0);
    }

    /** The mean number of {@code count} points in a square of side {@code spacing}; NaN on a map without area. */
    double density(int count, double spacing) {
        return area() > 0 ? count * spacing * spacing / area() : Double.NaN;
    }

    /** Requires one value for every unit. */
    double[] checked(String name, double[] values) {
        if (Args.given(name, values).length != units()) {
            throw Args.failure(name, "of " + height + " x " + width + " units", values.length);
        }
        return values;
    }
}
