package io.github.dl4jsparse.data;

import java.io.Serializable;
import java.util.Random;
import java.util.SplittableRandom;

/** Draws patches at uniformly random positions; the sequence depends on a seed and an epoch. */
final class RandomPatches implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PatchPositions places;
    private final int channels;
    private final int pixels;
    private final boolean removeMean;
    private final long seed;
    private Random random;

    /** @param pixels of one channel of a patch */
    RandomPatches(PatchPositions places, int channels, int pixels, boolean removeMean, long seed) {
        this.places = places;
        this.channels = channels;
        this.pixels = pixels;
        this.removeMean = removeMean;
        this.seed = seed;
    }

    /** Values of a patch. */
    int values() {
        return channels * pixels;
    }

    /** Starts with the first patch of an epoch. */
    void start(long epoch) {
        // mixed twice: a linear congruential generator starts with similar numbers for neighbouring seeds and epochs
        random = new Random(new SplittableRandom(new SplittableRandom(seed).nextLong() + epoch).nextLong());
    }

    /** The next patches, one behind the other. */
    float[] draw(int count) {
        float[] drawn = new float[Math.multiplyExact(count, values())];
        for (int i = 0; i < count; i++) {
            places.copy(random.nextLong(places.count()), drawn, i * values());
        }
        if (removeMean) {
            for (int start = 0; start < drawn.length; start += pixels) {
                centre(drawn, start);
            }
        }
        return drawn;
    }

    /** Subtracts the mean from one channel of a patch. */
    private void centre(float[] values, int start) {
        double sum = 0;
        for (int i = start; i < start + pixels; i++) {
            sum += values[i];
        }
        float mean = (float) (sum / pixels);
        for (int i = start; i < start + pixels; i++) {
            values[i] -= mean;
        }
    }
}
