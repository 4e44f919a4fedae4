package io.github.dl4jsparse.examples;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads one photograph in gray: values from 0 to 1, upright as its EXIF orientation says.
 * <p>Gray pixels keep the values of the file; coloured ones become their luma (ITU-R 601) in the precision of the file, 8 or 16
 * bits a colour. Transparency is not looked at. A file that ends early or that the reader repairs is refused.
 */
final class PhotographFile {
    /** More pixels than this are refused: as numbers they take 512 MiB. */
    static final long MOST_PIXELS = 1L << 27;

    private static final int UPRIGHT = 1;

    private PhotographFile() {}

    /**
     * Reads an image.
     *
     * @param content the bytes of the file. Not modified.
     * @param name    of the file, for messages
     * @return {@code [height][width]}
     * @throws IOException if it is no image that Java reads, damaged or too large; the message names file and reason
     */
    static float[][] read(byte[] content, String name) throws IOException {
        return turned(gray(decoded(content, name)), orientation(content, name));
    }

    private static BufferedImage decoded(byte[] content, String name) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(name + " is no image, or of a kind that Java does not read");
            }
            ImageReader reader = readers.next();
            try {
                return decoded(reader, in, name);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decoded(ImageReader reader, ImageInputStream in, String name) throws IOException {
        String[] warning = new String[1];
        reader.addIIOReadWarningListener((source, text) -> warning[0] = text);
        BufferedImage image;
        try {
            reader.setInput(in, true, true);
            requireSize(reader.getWidth(0), reader.getHeight(0), name);
            image = reader.read(0);
        } catch (TooLargeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // a damaged file makes the JDK's readers throw exceptions of any kind
            throw new IOException(name + " can't be read as an image: " + e.getMessage(), e);
        }
        if (warning[0] != null) {
            throw new IOException(name + " can't be read as an image: it is damaged (" + warning[0]
                    + "); save it again with an image program, or take it out of the folder");
        }
        return image;
    }

    /** Refuses an image by its header, before memory is taken for it. */
    static void requireSize(long width, long height, String name) throws IOException {
        if (width * height > MOST_PIXELS) {
            throw new TooLargeException(name + " must have at most " + MOST_PIXELS + " pixels, got " + width + " x "
                    + height + "; make it smaller, or take it out of the folder");
        }
    }

    /** Gray pixels as they are in the file, and the luma (ITU-R 601) of coloured ones. */
    static float[][] gray(BufferedImage image) {
        Raster raster = image.getRaster();
        // Java's own conversion of gray to RGB changes the values: it takes them as linear in light
        boolean coloured = raster.getNumBands() > 2 || image.getColorModel() instanceof IndexColorModel;
        boolean samples = hasSamplesOfRgb(image.getColorModel(), raster.getSampleModel());
        float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        float[][] pixels = new float[image.getHeight()][image.getWidth()];
        for (int i = 0; i < pixels.length; i++) {
            for (int j = 0; j < pixels[i].length; j++) {
                if (!coloured) {
                    pixels[i][j] = raster.getSample(j, i, 0) / white;
                } else if (samples) {
                    pixels[i][j] = luma(raster.getSample(j, i, 0), raster.getSample(j, i, 1), raster.getSample(j, i, 2))
                            / white;
                } else {
                    int rgb = image.getRGB(j, i);
                    pixels[i][j] = luma(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff) / 255;
                }
            }
        }
        return pixels;
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

    private static float luma(int red, int green, int blue) {
        return 0.299f * red + 0.587f * green + 0.114f * blue;
    }

    private static int orientation(byte[] content, String name) throws IOException {
        try {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer orientation = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return orientation == null ? UPRIGHT : orientation;
        } catch (ImageProcessingException e) {
            throw new IOException(name + " can't be read as an image: " + e.getMessage(), e);
        }
    }

    /**
     * Turns and mirrors pixels as the EXIF orientation says; values that EXIF does not define change nothing.
     *
     * @param pixels      {@code [height][width]}. Not modified.
     * @param orientation 1 to 8
     */
    static float[][] turned(float[][] pixels, int orientation) {
        if (orientation <= UPRIGHT || orientation > 8) {
            return pixels;
        }
        int height = pixels.length;
        int width = pixels[0].length;
        boolean transposed = orientation >= 5;
        // the row and the column of the file run backwards along the upright image
        boolean rowsBack = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        boolean columnsBack = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        float[][] upright = transposed ? new float[width][height] : new float[height][width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                int row = rowsBack ? height - 1 - i : i;
                int column = columnsBack ? width - 1 - j : j;
                if (transposed) {
                    upright[column][row] = pixels[i][j];
                } else {
                    upright[row][column] = pixels[i][j];
                }
            }
        }
        return upright;
    }

    /** An image that is refused for its size. */
    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        TooLargeException(String message) {
            super(message);
        }
    }
}
