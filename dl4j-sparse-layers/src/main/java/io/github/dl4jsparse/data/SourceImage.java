package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image from which patches are taken: finite pixels in the order channel, row, column.
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

    /**
     * An image {@code [height, width]}, {@code [channels, height, width]} or {@code [1, channels, height, width]}. Not modified.
     */
    static SourceImage of(String name, INDArray image) {
        Args.given("pixels of image \"" + name + "\"", image);
        int rank = image.rank();
        boolean batch = rank == 4;
        if (rank < 2 || rank > 4 || batch && image.size(0) != 1) {
            throw failure(
                    name,
                    "[height, width], [channels, height, width] or [1, channels, height, width]"
                            + (batch ? "; add a batch of images by images(name, pixels)" : ""),
                    Arrays.toString(image.shape()));
        }
        return new SourceImage(
                name,
                rank == 2 ? 1 : (int) image.size(rank - 3),
                (int) image.size(-2),
                (int) image.size(-1),
                image.castTo(DataType.FLOAT).dup('c').data().asFloat());
    }

    /** Images {@code [images, channels, height, width]}, each with its number behind the name. Not modified. */
    static List<SourceImage> ofBatch(String name, INDArray batch) {
        Args.given("pixels of images \"" + name + "\"", batch);
        if (batch.rank() != 4) {
            throw failure(name, "a batch [images, channels, height, width]", Arrays.toString(batch.shape()));
        }
        long[] image = Arrays.copyOfRange(batch.shape(), 1, 4);
        INDArray rows = Rows.matrix(batch.dup('c'), image[0] * image[1] * image[2]);
        return LongStream.range(0, batch.size(0))
                .mapToObj(i -> of(name + " " + i, Rows.of(rows, i, 1).reshape('c', image)))
                .toList();
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
