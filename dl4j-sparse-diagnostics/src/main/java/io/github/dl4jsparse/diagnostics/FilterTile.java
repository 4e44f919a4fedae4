package io.github.dl4jsparse.diagnostics;

import java.awt.image.BufferedImage;

/**
 * Draws one filter as a small picture, grey or in colours.
 * <p>\[ \mathrm{level}(v) = 1 - s \Big( \tfrac12 - \frac{v}{2 \max_k |d_k|} \Big) \]
 * for each value v of the filter d, where s is the strength: 1 uses the whole range, 0 would be white. Zero, and thus a
 * whole filter of zeros, is half way between the darkest and the brightest level.
 *
 * @param width of the filter in pixels; its values come row by row
 * @param zoom  screen pixels along each side of a filter's pixel
 */
record FilterTile(int width, int zoom) {
    /** Draws a filter with its upper left corner at a position of the image, which is modified. */
    void draw(BufferedImage image, int left, int top, double[] filter, double strength) {
        draw(image, left, top, filter, FilterColumns.largest(filter), strength);
    }

    /** Draws a filter, or a part of one, whose largest magnitude is given. */
    void draw(BufferedImage image, int left, int top, double[] filter, double largest, double strength) {
        for (int k = 0; k < filter.length; k++) {
            int grey = (int) Math.round(255 * (1 - strength * (1 - level(filter[k], largest))));
            pixel(image, left, top, k, grey * 0x010101);
        }
    }

    /** Draws a filter of three channels, red, green and blue, in full strength. */
    void drawColours(BufferedImage image, int left, int top, double[][] channels, double largest) {
        for (int k = 0; k < channels[0].length; k++) {
            int rgb = 0;
            for (double[] channel : channels) {
                rgb = rgb << 8 | (int) Math.round(255 * level(channel[k], largest));
            }
            pixel(image, left, top, k, rgb);
        }
    }

    private static double level(double value, double largest) {
        return largest > 0 ? 0.5 + value / largest / 2 : 0.5;
    }

    private void pixel(BufferedImage image, int left, int top, int k, int rgb) {
        fill(image, left + k % width * zoom, top + k / width * zoom, zoom, zoom, rgb);
    }

    /** Paints a rectangle of one colour, given as red, green and blue in a byte each. */
    static void fill(BufferedImage image, int left, int top, int width, int height, int rgb) {
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
    }
}
