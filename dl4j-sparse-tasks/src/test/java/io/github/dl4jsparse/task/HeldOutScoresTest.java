package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutScoresTest {
    @Test
    void standardisesByMedianAndMedianAbsoluteDeviation() {
        HeldOutScores scores = HeldOutScores.of(new double[] {1, 2, 3, 4, 100});
        assertEquals(3, scores.median());
        assertEquals(1.4826, scores.deviation(), 1e-12);
        assertEquals(1, scores.standardised(4.4826), 1e-12);
        // more than half are equal, then all
        assertEquals(
                Math.sqrt(32 / 5.0),
                HeldOutScores.of(new double[] {0, 0, 0, 4, 4}).deviation(),
                1e-12);
        assertEquals(1, HeldOutScores.of(new double[] {7, 7}).deviation());
    }

    @ParameterizedTest
    @CsvSource({"19, 0.05, 19", "99, 0.01, 99", "98, 0.01, 99", "199, 0.05, 190", "9, 0.1, 9", "10, 0.1, 10"})
    void takesTheOrderStatisticOfTheShare(int n, double share, int rank) {
        assertEquals(rank, HeldOutScores.rank(n, share));
        double[] scores = IntStream.rangeClosed(1, n).mapToDouble(i -> i).toArray();
        assertEquals(Math.min(rank, n), HeldOutScores.threshold(scores, share, 0));
        assertEquals(rank <= n, HeldOutScores.tooFew(n, share).isEmpty());
    }

    @Test
    void saysThatHeldOutExamplesAreTooFew() {
        assertEquals(
                "held-out good examples must be at least 99 for a share of false alarms of 0.01, got 30: the threshold is their"
                        + " largest score, and the share up to 0.032; give more good examples",
                HeldOutScores.tooFew(30, 0.01));
    }

    /** The law of the order statistic, over 4000 draws of 19 held-out scores and a fresh one. */
    @Test
    void aFreshScoreExceedsTheThresholdAtMostSoOften() {
        Random random = new Random(1);
        int alarms = 0;
        for (int draw = 0; draw < 4000; draw++) {
            double[] scores = IntStream.range(0, 19)
                    .mapToDouble(i -> random.nextGaussian())
                    .toArray();
            alarms += random.nextGaussian() > HeldOutScores.threshold(scores, 0.1, 0) ? 1 : 0;
        }
        assertEquals(0.1, alarms / 4000.0, 0.02);
    }

    @Test
    void leavesOutWhatIsTakenForOdd() {
        double[] scores = {1, 2, 3, 4, 5, 6, 7, 8, 9, 50, 60, 70};
        assertEquals(9, HeldOutScores.threshold(scores, 0.1, 0.25));
        assertTrue(HeldOutScores.threshold(scores, 0.1, 0) > 9);
    }
}
