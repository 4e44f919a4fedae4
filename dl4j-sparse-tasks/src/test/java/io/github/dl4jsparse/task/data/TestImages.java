package io.github.dl4jsparse.task.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Image files for tests. */
public final class TestImages {
    private TestImages() {}

    /** Writes an image of one colour; the ending of its name is its format. Folders are made. */
    public static Path write(Path file, int width, int height, int rgb) throws IOException {
        boolean gray = (rgb & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 16 & 0xff);
        BufferedImage image =
                new BufferedImage(width, height, gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            if (gray) {
                image.getRaster().setSample(i % width, i / width, 0, rgb & 0xff);
            } else {
                image.setRGB(i % width, i / width, rgb);
            }
        }
        Files.createDirectories(file.getParent());
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!ImageIO.write(image, name.substring(name.indexOf('.') + 1), file.toFile())) {
            throw new IOException("no writer for " + file);
        }
        return file;
    }
}
