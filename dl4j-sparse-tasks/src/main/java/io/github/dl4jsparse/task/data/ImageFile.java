package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads one image file with the JDK's decoders (PNG, JPEG, GIF, TIFF, BMP): values from 0 to 1, upright as its EXIF orientation
 * says.
 * <p>8 or 16 bits a colour, in the precision of the file. Of several images in a file the first is read; transparency
 * is ignored.
 * <p>Errors: an {@code IOException} that names file and reason for a file that is no image, ends early, has to be repaired, has
 * floating-point pixels, or more than 2^27 pixels.
 */
public final class ImageFile {
    /** More pixels than this are refused: as floats they take 512 MiB. */
    static final long MOST_PIXELS = 1L << 27;

    private ImageFile() {}

    /**
     * Reads an image as a batch of one.
     *
     * @return {@code [1, channels, height, width]}
     * @throws IOException as said above
     */
    public static INDArray read(Path file, ImageChannels channels) throws IOException {
        Args.given("channels", channels);
        float[][][] pixels = decode(content(Args.given("file", file)), file.toString(), channels)
                .channels();
        return Nd4j.createFromArray(new float[][][][] {pixels});
    }

    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + (Files.exists(file) ? " is no file" : " does not exist"));
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " can't be read: " + e, e);
        }
    }

    /**
     * Reads an image in gray.
     *
     * @param content the bytes of the file. Not modified.
     * @param name    of the file, for messages
     * @return {@code [height][width]}
     * @throws IOException as said above
     */
    public static float[][] gray(byte[] content, String name) throws IOException {
        return decode(content, name, ImageChannels.GRAY).channels()[0];
    }

    /** The pixels of a file, upright. */
    static ImagePixels decode(byte[] content, String name, ImageChannels channels) throws IOException {
        ImagePixels pixels = ImagePixels.of(decoded(content, name), channels, name);
        int orientation = ImageOrientation.of(content, name);
        float[][][] upright = new float[channels.count()][][];
        for (int c = 0; c < upright.length; c++) {
            upright[c] = ImageOrientation.turned(pixels.channels()[c], orientation);
        }
        return new ImagePixels(upright, pixels.coloured());
    }

    /**
     * Height and width of a file's image, upright, by its header.
     *
     * @throws IOException if it has none that can be read
     */
    static ImageSize size(byte[] content, String name) throws IOException {
        ImageSize size = withReader(content, name, (reader, in) -> {
            reader.setInput(in, true, true);
            return new ImageSize(reader.getHeight(0), reader.getWidth(0));
        });
        return ImageOrientation.of(content, name) >= 5 ? new ImageSize(size.width(), size.height()) : size;
    }

    private static BufferedImage decoded(byte[] content, String name) throws IOException {
        return withReader(content, name, (reader, in) -> decoded(reader, in, name));
    }

    /** An operation with a decoder. */
    private interface Reading<T> {
        T with(ImageReader reader, ImageInputStream in) throws IOException;
    }

    private static <T> T withReader(byte[] content, String name, Reading<T> reading) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(name + " is no image, or of a kind that Java does not read");
            }
            ImageReader reader = readers.next();
            try {
                return reading.with(reader, in);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // a damaged file makes the JDK's readers throw exceptions of any kind
                String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                throw new IOException(name + " can't be read as an image: " + reason, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decoded(ImageReader reader, ImageInputStream in, String name) throws IOException {
        String[] warning = new String[1];
        reader.addIIOReadWarningListener((source, text) -> warning[0] = text);
        reader.setInput(in, true, true);
        requireSize(reader.getWidth(0), reader.getHeight(0), name);
        BufferedImage image = reader.read(0);
        if (warning[0] != null) {
            throw new RefusedException(name + " can't be read as an image: it is damaged (" + warning[0]
                    + "); save it again with an image program, or take it out of the folder");
        }
        return image;
    }

    /** Refuses an image by its header, before memory is taken for it. */
    static void requireSize(long width, long height, String name) throws IOException {
        if (width * height > MOST_PIXELS) {
            throw new RefusedException(name + " must have at most " + MOST_PIXELS + " pixels, got " + width + " x "
                    + height + "; make it smaller, or take it out of the folder");
        }
    }

    /** An image that is refused by a check of this class, with its own message. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
