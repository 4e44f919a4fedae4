package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Saves a sheet of filters, or any other picture, as a PNG file that appears whole or not at all. */
public final class PngFile {
    private PngFile() {}

    /**
     * Writes a picture, replacing the file where it exists.
     *
     * @param target  in a directory that exists
     * @param picture of a kind that PNG can hold. Not modified.
     * @throws IOException if the file can't be written; the message names it and says why
     */
    public static void write(Path target, BufferedImage picture) throws IOException {
        Args.given("picture", picture);
        AtomicFile.write(target, out -> {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IOException("no PNG writer takes pictures of type " + picture.getType());
            }
        });
    }
}
