package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;

/**
 * Values on a grid of positions, as a small picture in HTML: an image where there are several rows, else curves over time, one a channel.
 *
 * @param values   channel by channel, row by row; shared
 * @param channels of each position
 * @param height   rows
 * @param width    columns, or time steps
 */
record PixelPicture(double[] values, int channels, int height, int width) {
    private static final int CURVE_HEIGHT = 40;
    private static final int COLOURS = 3;
    private static final String[] CURVES = {"#1f4e9c", "#b3541e", "#3c7a3c", "#7a3c7a"};

    PixelPicture {
        if (values.length != (long) channels * height * width) {
            throw Args.failure("number of values", channels + " x " + height + " x " + width, values.length);
        }
    }

    /** The part of this picture inside of a rectangle; positions outside of the picture are 0. */
    PixelPicture crop(int top, int left, int rows, int columns) {
        double[] part = new double[channels * rows * columns];
        for (int c = 0; c < channels; c++) {
            for (int y = Math.max(0, -top); y < rows && top + y < height; y++) {
                for (int x = Math.max(0, -left); x < columns && left + x < width; x++) {
                    part[(c * rows + y) * columns + x] = values[(c * height + top + y) * width + left + x];
                }
            }
        }
        return new PixelPicture(part, channels, rows, columns);
    }

    /** Zero in the middle of the range, the largest magnitude at its end: for filters. */
    String signed(String title) {
        double largest = FilterColumns.largest(values);
        return html(title, -largest, largest);
    }

    /** The smallest value dark, the largest bright: for inputs. */
    String ranged(String title) {
        return html(
                title,
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).max().orElse(0));
    }

    private String html(String title, double low, double high) {
        String text = HtmlReport.escaped(title);
        return height == 1 ? curves(text, low, high) : image(text, low, high);
    }

    private String curves(String title, double low, double high) {
        double range = high > low ? high - low : 1;
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 ")
                .append(Math.max(1, width - 1))
                .append(' ')
                .append(CURVE_HEIGHT)
                .append("\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                .append(title)
                .append("\">");
        for (int c = 0; c < channels; c++) {
            svg.append("<polyline fill=\"none\" vector-effect=\"non-scaling-stroke\" stroke=\"")
                    .append(CURVES[c % CURVES.length])
                    .append("\" points=\"");
            for (int x = 0; x < width; x++) {
                double y = CURVE_HEIGHT * (1 - (values[c * width + x] - low) / range);
                svg.append(String.format(Locale.ROOT, "%d,%.1f ", x, y));
            }
            svg.append("\"/>");
        }
        return svg.append("</svg>").toString();
    }

    /** One picture in colour where there are three channels, else the channels beside each other in gray. */
    private String image(String title, double low, double high) {
        boolean colours = channels == COLOURS;
        int across = colours ? 1 : channels;
        BufferedImage image = new BufferedImage(
                across * width, height, colours ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        for (int k = 0; k < values.length; k++) {
            int level = high > low ? (int) Math.round(255 * (values[k] - low) / (high - low)) : 127;
            int channel = k / (height * width);
            int left = colours ? 0 : channel * width;
            image.getRaster().setSample(left + k % width, k / width % height, colours ? channel : 0, level);
        }
        return "<img alt=\"" + title + "\" src=\"" + HtmlReport.dataAddress(image) + "\">";
    }
}
