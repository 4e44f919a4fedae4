package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
            if (!encode(picture, out)) {
                throw new IOException("no PNG writer takes pictures of type " + picture.getType());
            }
        });
    }

    /** Whether there is a PNG writer for the picture; it needs no temporary file, as ImageIO's own streams do. */
    static boolean encode(BufferedImage picture, OutputStream out) throws IOException {
        try (MemoryCacheImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
            return ImageIO.write(picture, "png", image);
        }
    }
}
