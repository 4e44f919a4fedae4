package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;

/**
 * All positions of a list of images at which a patch may be taken: those inside of an image whose patch has the minimum
 * variance. They are indexed image by image.
 */
final class PatchPositions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SourceImage[] images;
    private final int height;
    private final int width;
    /** Number of positions in the images up to this one. */
    private final long[] ends;
    /** For each image the positions with enough variance; null if all are. */
    private final int[][] chosen;

    /**
     * @throws IllegalArgumentException if an image is smaller than a patch, or no patch has the variance
     */
    PatchPositions(SourceImage[] images, int height, int width, double minimumVariance) {
        this.images = images;
        this.height = height;
        this.width = width;
        this.ends = new long[images.length];
        this.chosen = minimumVariance > 0 ? new int[images.length][] : null;
        long end = 0;
        double largest = 0;
        for (int i = 0; i < images.length; i++) {
            SourceImage image = images[i];
            if (image.height() < height || image.width() < width) {
                throw image.failure(
                        "at least as large as a patch, " + height + " x " + width,
                        image.height() + " x " + image.width());
            }
            int count = (image.height() - height + 1) * columns(image);
            if (chosen != null) {
                double[] variances = new PatchVariances(image, height, width).all();
                int[] enough = new int[count];
                count = 0;
                for (int place = 0; place < variances.length; place++) {
                    largest = Math.max(largest, variances[place]);
                    if (variances[place] >= minimumVariance) {
                        enough[count++] = place;
                    }
                }
                chosen[i] = Arrays.copyOf(enough, count);
            }
            end += count;
            ends[i] = end;
        }
        if (end == 0) {
            throw Args.failure(
                    "minimumVariance", "at most that of some patch, " + largest + " or less", minimumVariance);
        }
    }

    private int columns(SourceImage image) {
        return image.width() - width + 1;
    }

    /** Number of positions. */
    long count() {
        return ends[ends.length - 1];
    }

    /** Copies the patch at a position, from 0 to {@link #count()} - 1. */
    void copy(long place, float[] to, int offset) {
        int index = Arrays.binarySearch(ends, place);
        // the first image whose end is above the index; an image without positions has the same end as the one before
        // it
        int i = index < 0 ? -index - 1 : index;
        while (ends[i] <= place) {
            i++;
        }
        SourceImage image = images[i];
        int inImage = (int) (place - (i == 0 ? 0 : ends[i - 1]));
        int at = chosen == null ? inImage : chosen[i][inImage];
        image.copyPatch(at / columns(image), at % columns(image), height, width, to, offset);
    }
}
