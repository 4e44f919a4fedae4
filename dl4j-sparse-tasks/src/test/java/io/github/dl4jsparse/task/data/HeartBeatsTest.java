package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HeartBeatsTest {
    private static final int RATE = 250;

    /** Narrow beats, every fifth one wide and slow, with waves between, a drifting base line and noise. */
    private static float[] heart(int[] beats, long seed) {
        float[] samples = new float[beats[beats.length - 1] + 2 * RATE];
        Random random = new Random(seed);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(i / 300.0) + 0.02 * random.nextGaussian());
        }
        for (int b = 0; b < beats.length; b++) {
            double width = b % 5 == 4 ? 0.035 : 0.012;
            for (int i = 0; i < samples.length; i++) {
                double seconds = (i - beats[b]) / (double) RATE;
                samples[i] += (float) (1.5 * Math.exp(-0.5 * Math.pow(seconds / width, 2))
                        + 0.25 * Math.exp(-0.5 * Math.pow((seconds - 0.25) / 0.06, 2)));
            }
        }
        return samples;
    }

    @Test
    void findsNarrowAndWideBeatsAndNothingElse() {
        int[] beats = new int[40];
        Random random = new Random(1);
        for (int b = 0; b < beats.length; b++) {
            beats[b] = (b == 0 ? 100 : beats[b - 1] + 120) + random.nextInt(120);
        }
        int[] found = HeartBeats.find(heart(beats, 2), RATE);
        assertEquals(beats.length, found.length);
        for (int b = 0; b < beats.length; b++) {
            assertEquals(beats[b], found[b], 5, "beat " + b);
        }
    }

    @Test
    void findsNothingInAFlatLine() {
        assertEquals(0, HeartBeats.find(new float[1000], RATE).length);
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "rate of an electrocardiogram must be at least 50 samples a second, got 10.0",
                assertThrows(IllegalArgumentException.class, () -> HeartBeats.find(new float[9], 10))
                        .getMessage());
    }
}
