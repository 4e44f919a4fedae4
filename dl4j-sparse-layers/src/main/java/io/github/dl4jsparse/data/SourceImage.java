package io.github.dl4jsparse.data;

import io.github.dl4jsparse.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image to take patches from: finite pixels in the order channel, row, column.
 *
 * @param name   what errors call it
 * @param pixels of length {@code channels * height * width}; shared
 */
record SourceImage(String name, int channels, int height, int width, float[] pixels) implements Serializable {
    SourceImage {
        Args.given("name", name);
        for (int i = 0; i < pixels.length; i++) {
            if (!Float.isFinite(pixels[i])) {
                int position = i % (height * width);
                throw failure(
                        name,
                        "finite everywhere",
                        pixels[i] + " at channel " + i / (height * width) + ", row " + position / width + ", column "
                                + position % width);
            }
        }
    }

    /** A grayscale image {@code [height][width]}. Not modified. */
    static SourceImage of(String name, float[][] image) {
        Args.given("pixels of image \"" + name + "\"", image);
        if (image.length == 0 || image[0].length == 0) {
            throw failure(name, "at least 1 x 1 pixels", image.length + " rows");
        }
        int width = image[0].length;
        float[] pixels = new float[Math.multiplyExact(image.length, width)];
        for (int i = 0; i < image.length; i++) {
            if (image[i].length != width) {
                throw failure(
                        name, "rectangular, rows of " + width + " pixels", image[i].length + " pixels in row " + i);
            }
            System.arraycopy(image[i], 0, pixels, i * width, width);
        }
        return new SourceImage(name, 1, image.length, width, pixels);
    }

    /** An image {@code [height, width]} or {@code [channels, height, width]}. Not modified. */
    static SourceImage of(String name, INDArray image) {
        Args.given("pixels of image \"" + name + "\"", image);
        int rank = image.rank();
        if (rank != 2 && rank != 3) {
            throw failure(name, "[height, width] or [channels, height, width]", Arrays.toString(image.shape()));
        }
        return new SourceImage(
                name,
                rank == 2 ? 1 : (int) image.size(0),
                (int) image.size(-2),
                (int) image.size(-1),
                image.castTo(DataType.FLOAT).dup('c').data().asFloat());
    }

    private static IllegalArgumentException failure(String name, String rule, Object value) {
        return Args.failure("image \"" + name + "\"", rule, value);
    }

    /** An error about this image. */
    IllegalArgumentException failure(String rule, Object value) {
        return failure(name, rule, value);
    }

    /** Copies the patch whose first row and column are given, channel by channel. */
    void copyPatch(int row, int column, int patchHeight, int patchWidth, float[] to, int offset) {
        int at = offset;
        for (int k = 0; k < channels; k++) {
            int from = (k * height + row) * width + column;
            for (int i = 0; i < patchHeight; i++) {
                System.arraycopy(pixels, from, to, at, patchWidth);
                from += width;
                at += patchWidth;
            }
        }
    }
}
