package io.github.dl4jsparse.examples.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small images of bent stripes with noise, for examples that learn from a folder. */
public final class StripedImages {
    private StripedImages() {}

    /** Writes a PNG image; the same size gives the same image. */
    public static void write(Path file, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int stripes = (int) (60 * Math.sin((x * height + y * x) / 40.0));
                image.getRaster().setSample(x, y, 0, 128 + stripes + random.nextInt(40));
            }
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("no writer for " + file);
        }
    }
}
