package io.github.dl4jsparse.task.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** The orientation in an image's EXIF data, 1 to 8, and the rotation of pixels by it. */
final class ImageOrientation {
    private static final int UPRIGHT = 1;

    private ImageOrientation() {}

    /**
     * The orientation that a file states; 1, upright, where it states none.
     *
     * @throws IOException if the file's structure is damaged
     */
    static int of(byte[] content, String name) throws IOException {
        try {
            ExifIFD0Directory exif = ImageMetadataReader.readMetadata(new ByteArrayInputStream(content))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer orientation = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
            return orientation == null ? UPRIGHT : orientation;
        } catch (ImageProcessingException | IOException e) {
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
}
