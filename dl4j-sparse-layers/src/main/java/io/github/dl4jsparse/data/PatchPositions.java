package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;

/**
 * All places of an image list where a patch may be taken: those inside an image and, if asked for, with enough variance.
 * They are numbered, image by image.
 */
final class PatchPositions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final SourceImage[] images;
    private final int height;
    private final int width;
    /** Number of places in the images up to this one. */
    private final long[] ends;
    /** For each image the places with enough variance; null if all are. */
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

    /** Number of places. */
    long count() {
        return ends[ends.length - 1];
    }

    /** Copies the patch at a place, from 0 to {@link #count()} - 1. */
    void copy(long place, float[] to, int offset) {
        int index = Arrays.binarySearch(ends, place);
        // the first image that ends behind the place; one without places ends where the one before it does
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
