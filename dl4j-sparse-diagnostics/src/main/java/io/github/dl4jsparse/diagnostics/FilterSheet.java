package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws the columns of a dictionary as small pictures, side by side on one sheet.
 * <p>\[ \mathrm{level}(v) = \tfrac12 + \frac{v}{2 \max_k |d_k|} \]
 * for each value v of an atom d: zero is the middle of the range in every picture, and each atom uses the whole range. An atom of
 * zeros is plain grey. Every picture has a border of {@link #gap()} white pixels, unused tiles of the sheet are white.
 * <p>The levels of one channel are grey; those of three are red, green and blue, so that a grey pixel is one whose channels
 * agree. Atoms of another number of channels, which have no colours, are a strip of grey pictures, one a channel from left to
 * right with a white line between them; the maximum is over all channels, so that a strip shows how strong each is.
 * <p>Shapes: {@code dictionary: [channels * height * width, nCode]}. The values of a column are channel by channel, row by row, as
 * flattened images of DL4J and patches of {@code PatchSampler} have them ({@code NCHW}), or pixel by pixel with the channels
 * side by side, as filters of {@link ConvolutionalListaLayer} have them ({@code NHWC}).
 *
 * @param height   of a picture in pixels
 * @param width    of a picture in pixels
 * @param columns  number of pictures side by side
 * @param zoom     screen pixels along each side of a picture's pixel
 * @param channels of a picture
 * @param order    of the values of a column; it does not matter for one channel
 */
public record FilterSheet(int height, int width, int columns, int zoom, int channels, CNN2DFormat order) {
    private static final int COLOURS = 3;

    /** @throws IllegalArgumentException if a number is below 1 or there is no order */
    public FilterSheet {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        Args.atLeast("columns", columns, 1);
        Args.atLeast("zoom", zoom, 1);
        Args.atLeast("channels", channels, 1);
        Args.given("order", order);
    }

    /** A sheet of pictures of one channel. */
    public FilterSheet(int height, int width, int columns, int zoom) {
        this(height, width, columns, zoom, 1, CNN2DFormat.NCHW);
    }

    /**
     * A sheet for the dictionary D of a layer, {@code net.getLayer(i).getParam("D")}.
     *
     * @param layer   with the channels of its input, as in a network that was initialised
     * @param columns number of pictures side by side
     * @param zoom    screen pixels along each side of a picture's pixel
     */
    public static FilterSheet of(ConvolutionalListaLayer layer, int columns, int zoom) {
        int[] kernel = Args.given("layer", layer).getKernelSize();
        int channels = Math.toIntExact(layer.imageChannels());
        return new FilterSheet(kernel[0], kernel[1], columns, zoom, channels, CNN2DFormat.NHWC);
    }

    /** Screen pixels between two pictures. */
    public int gap() {
        return Math.max(1, zoom / 2);
    }

    private boolean isStrip() {
        return channels != 1 && channels != COLOURS;
    }

    /** Screen pixels of one atom. */
    private int tileWidth() {
        return isStrip() ? channels * (width * zoom + 1) - 1 : width * zoom;
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
     * @param dictionary {@code [channels * height * width, nCode]}. Not modified.
     * @param order      the columns to draw, at least one
     * @throws IllegalArgumentException if the dictionary has another number of rows, or lacks a column
     */
    public BufferedImage draw(INDArray dictionary, int[] order) {
        double[][] atoms = FilterColumns.of("dictionary", dictionary, channels, height, width);
        Args.atLeast("number of filters", order.length, 1);
        int rows = (order.length + columns - 1) / columns;
        BufferedImage sheet = new BufferedImage(
                columns * (tileWidth() + gap()) + gap(),
                rows * (height * zoom + gap()) + gap(),
                BufferedImage.TYPE_INT_RGB);
        FilterTile.fill(sheet, 0, 0, sheet.getWidth(), sheet.getHeight(), Color.WHITE.getRGB());
        for (int place = 0; place < order.length; place++) {
            if (order[place] < 0 || order[place] >= atoms.length) {
                throw Args.failure("order", "of columns from 0 to " + (atoms.length - 1), order[place]);
            }
            int left = gap() + place % columns * (tileWidth() + gap());
            int top = gap() + place / columns * (height * zoom + gap());
            draw(sheet, left, top, atoms[order[place]]);
        }
        return sheet;
    }

    private void draw(BufferedImage sheet, int left, int top, double[] atom) {
        FilterTile tile = new FilterTile(width, zoom);
        double largest = FilterColumns.largest(atom);
        double[][] planes = FilterColumns.planes(atom, channels, order);
        if (channels == COLOURS) {
            tile.drawColours(sheet, left, top, planes, largest);
            return;
        }
        for (int channel = 0; channel < channels; channel++) {
            tile.draw(sheet, left + channel * (width * zoom + 1), top, planes[channel], largest, 1);
        }
    }
}
