package io.github.dl4jsparse.task.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Arrays;

/**
 * The pixels of one image as numbers from 0 to 1.
 *
 * @param channels {@code [channel][height][width]}
 * @param coloured whether a pixel of the file has another red than green or blue
 */
record ImagePixels(float[][][] channels, boolean coloured) {
    int height() {
        return channels[0].length;
    }

    int width() {
        return channels[0][0].length;
    }

    /**
     * Takes the pixels of a decoded image in the precision of the file, 8 or 16 bits a colour; transparency is ignored.
     *
     * @throws IOException if its samples are floating-point numbers, whose value of white is not known
     */
    static ImagePixels of(BufferedImage image, ImageChannels wanted, String name) throws IOException {
        int type = image.getRaster().getSampleModel().getDataType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            throw new IOException(
                    name + " must have whole numbers as pixels, got floating-point ones, whose white is not"
                            + " known; save it with 8 or 16 bits a colour");
        }
        Raster raster = image.getRaster();
        // Java's own conversion of gray to RGB changes the values: it takes them as linear in light
        boolean colours = raster.getNumBands() > 2 || image.getColorModel() instanceof IndexColorModel;
        return colours ? ofColours(image, wanted) : ofGray(raster, wanted);
    }

    private static ImagePixels ofGray(Raster raster, ImageChannels wanted) {
        float white = white(raster.getSampleModel());
        float[][] gray = new float[raster.getHeight()][raster.getWidth()];
        for (int i = 0; i < gray.length; i++) {
            for (int j = 0; j < gray[i].length; j++) {
                gray[i][j] = raster.getSample(j, i, 0) / white;
            }
        }
        return new ImagePixels(copies(gray, wanted), false);
    }

    private static float[][][] copies(float[][] gray, ImageChannels wanted) {
        float[][][] channels = new float[wanted.count()][][];
        for (int c = 0; c < channels.length; c++) {
            channels[c] =
                    c == 0 ? gray : Arrays.stream(gray).map(float[]::clone).toArray(float[][]::new);
        }
        return channels;
    }

    private static ImagePixels ofColours(BufferedImage image, ImageChannels wanted) {
        Raster raster = image.getRaster();
        boolean samples = hasSamplesOfRgb(image.getColorModel(), raster.getSampleModel());
        float white = samples ? white(raster.getSampleModel()) : 255;
        float[][][] channels = new float[wanted.count()][image.getHeight()][image.getWidth()];
        int[] colour = new int[3];
        boolean coloured = false;
        for (int i = 0; i < image.getHeight(); i++) {
            for (int j = 0; j < image.getWidth(); j++) {
                read(image, samples, i, j, colour);
                coloured |= colour[0] != colour[1] || colour[1] != colour[2];
                if (wanted == ImageChannels.GRAY) {
                    channels[0][i][j] = luma(colour) / white;
                } else {
                    for (int c = 0; c < 3; c++) {
                        channels[c][i][j] = colour[c] / white;
                    }
                }
            }
        }
        return new ImagePixels(channels, coloured);
    }

    private static void read(BufferedImage image, boolean samples, int row, int column, int[] colour) {
        if (samples) {
            for (int c = 0; c < 3; c++) {
                colour[c] = image.getRaster().getSample(column, row, c);
            }
        } else {
            int rgb = image.getRGB(column, row);
            for (int c = 0; c < 3; c++) {
                colour[c] = rgb >> 16 - 8 * c & 0xff;
            }
        }
    }

    private static float white(SampleModel samples) {
        return (1L << samples.getSampleSize(0)) - 1;
    }

    /** Whether the numbers of the raster are red, green and blue as they are, of one size; {@code getRGB} has 8 bits only. */
    private static boolean hasSamplesOfRgb(ColorModel colours, SampleModel model) {
        return colours instanceof ComponentColorModel
                && colours.getColorSpace().isCS_sRGB()
                && !colours.isAlphaPremultiplied()
                && model.getNumBands() >= 3
                && model.getSampleSize(1) == model.getSampleSize(0)
                && model.getSampleSize(2) == model.getSampleSize(0);
    }

    private static float luma(int[] colour) {
        // of equal parts the sum of the weights is not exactly 1
        return colour[0] == colour[1] && colour[1] == colour[2]
                ? colour[0]
                : 0.299f * colour[0] + 0.587f * colour[1] + 0.114f * colour[2];
    }
}
