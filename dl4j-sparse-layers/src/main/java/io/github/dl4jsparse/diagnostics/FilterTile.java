package io.github.dl4jsparse.diagnostics;

import java.awt.image.BufferedImage;

/**
 * Draws one filter as a small grey picture.
 * <p>\[ \mathrm{grey}(v) = 1 - s \Big( \tfrac12 - \frac{v}{2 \max_k |d_k|} \Big) \]
 * for each value v of the filter d, where s is the strength: 1 uses all greys, 0 would be white. Zero is half way between
 * the darkest and the brightest, and so is a whole filter of zeros.
 *
 * @param width of the filter in pixels; its values come row by row
 * @param zoom  screen pixels along each side of a filter's pixel
 */
record FilterTile(int width, int zoom) {
    /** Draws a filter with its upper left corner at a place of the image, which is modified. */
    void draw(BufferedImage image, int left, int top, double[] filter, double strength) {
        double largest = FilterColumns.largest(filter);
        for (int k = 0; k < filter.length; k++) {
            double level = largest > 0 ? 0.5 + filter[k] / largest / 2 : 0.5;
            int grey = (int) Math.round(255 * (1 - strength * (1 - level)));
            fill(image, left + k % width * zoom, top + k / width * zoom, zoom, zoom, grey * 0x010101);
        }
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
