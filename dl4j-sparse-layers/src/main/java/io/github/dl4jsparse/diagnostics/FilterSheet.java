package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.check.Args;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws the columns of a dictionary as small pictures, side by side on one sheet.
 * <p>\[ \mathrm{grey}(v) = \tfrac12 + \frac{v}{2 \max_k |d_k|} \]
 * for each value v of an atom d: zero is middle grey in every picture, and each atom uses the whole range. An atom of
 * zeros is plain grey. Every picture has a border of {@link #gap()} white pixels, the sheet's empty places are white.
 * <p>Shapes: {@code dictionary: [height * width, nCode]}, the pixels of a column row by row.
 *
 * @param height  of a picture in pixels
 * @param width   of a picture in pixels
 * @param columns number of pictures side by side
 * @param zoom    screen pixels along each side of a picture's pixel
 */
public record FilterSheet(int height, int width, int columns, int zoom) {
    /** @throws IllegalArgumentException if a number is below 1 */
    public FilterSheet {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        Args.atLeast("columns", columns, 1);
        Args.atLeast("zoom", zoom, 1);
    }

    /** Screen pixels between two pictures. */
    public int gap() {
        return Math.max(1, zoom / 2);
    }

    /** Draws all columns of a dictionary in their own order. */
    public BufferedImage draw(INDArray dictionary) {
        return draw(
                dictionary,
                IntStream.range(0, (int) Args.given("dictionary", dictionary).size(1))
                        .toArray());
    }

    /**
     * Draws columns of a dictionary, row by row of the sheet.
     *
     * @param dictionary {@code [height * width, nCode]}. Not modified.
     * @param order      the columns to draw, at least one
     * @throws IllegalArgumentException if the dictionary has another number of rows, or lacks a column
     */
    public BufferedImage draw(INDArray dictionary, int[] order) {
        double[][] atoms = FilterColumns.of("dictionary", dictionary, height, width);
        Args.atLeast("number of filters", order.length, 1);
        int rows = (order.length + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                columns * (width * zoom + gap()) + gap(),
                rows * (height * zoom + gap()) + gap(),
                BufferedImage.TYPE_INT_RGB);
        FilterTile.fill(sheet, 0, 0, sheet.getWidth(), sheet.getHeight(), Color.WHITE.getRGB());
        FilterTile tile = new FilterTile(width, zoom);
        for (int place = 0; place < order.length; place++) {
            if (order[place] < 0 || order[place] >= atoms.length) {
                throw Args.failure("order", "of columns from 0 to " + (atoms.length - 1), order[place]);
            }
            int left = gap() + place % columns * (width * zoom + gap());
            int top = gap() + place / columns * (height * zoom + gap());
            tile.draw(sheet, left, top, atoms[order[place]], 1);
        }
        return sheet;
    }
}
