package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;

/**
 * How an image is resized; its proportions are kept.
 * <p>Pixels are averaged with triangular weights as wide as the reduction, at least two pixels; a new value never lies
 * outside of the range of those that it is averaged from.
 */
public enum Resizing {
    /** The largest centred part of the wanted proportions; the rest is cut off. */
    CENTRE_CROP,

    /** The whole image, centred; the margins repeat its border. */
    FIT;

    /**
     * Resizes one channel.
     *
     * @param pixels {@code [height][width]}. Not modified.
     * @param height wanted, at least 1
     * @param width  wanted, at least 1
     * @return of that size; the array itself where it has that size
     */
    public float[][] resize(float[][] pixels, int height, int width) {
        Args.given("pixels", pixels);
        ImageSize wanted = new ImageSize(height, width);
        ImageSize size = new ImageSize(pixels.length, pixels[0].length);
        if (wanted.equals(size)) {
            return pixels;
        }
        double down = (double) size.height() / height;
        double across = (double) size.width() / width;
        return this == CENTRE_CROP
                ? box(pixels, height * Math.min(down, across), width * Math.min(down, across), wanted)
                : fitted(pixels, Math.max(down, across), wanted);
    }

    private static float[][] fitted(float[][] pixels, double reduction, ImageSize wanted) {
        int height = within(Math.round(pixels.length / reduction), wanted.height());
        int width = within(Math.round(pixels[0].length / reduction), wanted.width());
        float[][] inner = box(pixels, pixels.length, pixels[0].length, new ImageSize(height, width));
        int top = (wanted.height() - height) / 2;
        int left = (wanted.width() - width) / 2;
        float[][] whole = new float[wanted.height()][wanted.width()];
        for (int i = 0; i < whole.length; i++) {
            for (int j = 0; j < whole[i].length; j++) {
                whole[i][j] =
                        inner[Math.min(Math.max(i - top, 0), height - 1)][Math.min(Math.max(j - left, 0), width - 1)];
            }
        }
        return whole;
    }

    private static int within(long length, int most) {
        return (int) Math.min(Math.max(length, 1), most);
    }

    /** The centred box of this height and width, resampled. */
    private static float[][] box(float[][] pixels, double height, double width, ImageSize wanted) {
        float[][] rows = new float[pixels.length][];
        Weights across = new Weights(pixels[0].length, width, wanted.width());
        for (int i = 0; i < pixels.length; i++) {
            rows[i] = across.of(pixels[i]);
        }
        Weights down = new Weights(pixels.length, height, wanted.height());
        float[][] resized = new float[wanted.height()][wanted.width()];
        float[] column = new float[pixels.length];
        for (int j = 0; j < wanted.width(); j++) {
            for (int i = 0; i < column.length; i++) {
                column[i] = rows[i][j];
            }
            float[] shorter = down.of(column);
            for (int i = 0; i < shorter.length; i++) {
                resized[i][j] = shorter[i];
            }
        }
        return resized;
    }

    /** The weights of the pixels of one line in each pixel of a resized line. */
    private static final class Weights {
        private final int[] first;
        private final double[][] weights;

        Weights(int length, double part, int wanted) {
            first = new int[wanted];
            weights = new double[wanted][];
            double reduction = part / wanted;
            double reach = Math.max(reduction, 1);
            for (int i = 0; i < wanted; i++) {
                double centre = (length - part) / 2 + (i + 0.5) * reduction;
                first[i] = Math.max(0, (int) Math.floor(centre - reach + 0.5));
                int end = Math.min(length, (int) Math.floor(centre + reach + 0.5));
                weights[i] = new double[Math.max(1, end - first[i])];
                double sum = 0;
                for (int k = 0; k < weights[i].length; k++) {
                    weights[i][k] = Math.max(0, 1 - Math.abs(first[i] + k + 0.5 - centre) / reach);
                    sum += weights[i][k];
                }
                for (int k = 0; k < weights[i].length; k++) {
                    weights[i][k] /= sum;
                }
            }
        }

        float[] of(float[] line) {
            float[] resized = new float[weights.length];
            for (int i = 0; i < resized.length; i++) {
                double sum = 0;
                for (int k = 0; k < weights[i].length; k++) {
                    sum += weights[i][k] * line[first[i] + k];
                }
                resized[i] = (float) sum;
            }
            return resized;
        }
    }
}
