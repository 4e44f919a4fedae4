package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.diagnostics.PngFile;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Converts arrays of pixel values to pictures of 8 bits a colour; {@link ImageFile} does the reverse.
 * <p>Shapes: {@code [1, 1 or 3, height, width]}, values from 0 to 1; others are clipped.
 */
public final class ImagePicture {
    private static final int WHITE = 255;

    private ImagePicture() {}

    /**
     * The picture of an image.
     *
     * @param image not modified
     * @throws IllegalArgumentException if it has another shape, or values that are not finite
     */
    public static BufferedImage of(INDArray image) {
        long[] shape = Args.given("image", image).shape();
        if (shape.length != 4 || shape[0] != 1 || shape[1] != 1 && shape[1] != 3) {
            throw Args.failure("image", "[1, 1 or 3, height, width]", Arrays.toString(shape));
        }
        int width = Math.toIntExact(shape[3]);
        int pixels = Math.toIntExact(shape[2]) * width;
        double[] values = HostArrays.doubles(image.dup('c'));
        BufferedImage picture = new BufferedImage(
                width, pixels / width, shape[1] == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int c = 0; c < shape[1]; c++) {
            for (int i = 0; i < pixels; i++) {
                double value = values[c * pixels + i];
                if (!Double.isFinite(value)) {
                    throw Args.failure("image", "finite", value);
                }
                int level = (int) Math.round(WHITE * Math.max(0, Math.min(1, value)));
                picture.getRaster().setSample(i % width, i / width, c, level);
            }
        }
        return picture;
    }

    /**
     * Writes an image as PNG, whole or not at all.
     *
     * @param target in a directory that exists
     * @param image  not modified
     * @throws IOException              if the file can't be written
     * @throws IllegalArgumentException as {@link #of} says
     */
    public static void write(Path target, INDArray image) throws IOException {
        PngFile.write(Args.given("target", target), of(image));
    }
}
