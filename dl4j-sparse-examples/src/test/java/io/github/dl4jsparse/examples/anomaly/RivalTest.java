package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RivalTest {
    /** Points near the plane of the first two numbers, about 0.5; odd ones beside it. */
    private static INDArray points(int count, double beside, long seed) {
        Random random = new Random(seed);
        float[][] points = new float[count][6];
        for (float[] point : points) {
            for (int k = 0; k < 6; k++) {
                point[k] = (float) (0.5 + (k < 2 ? 0.15 : 0.01) * random.nextGaussian() + (k == 4 ? beside : 0));
            }
        }
        return Nd4j.createFromArray(points);
    }

    /** The squared distance from the plane of largest variance, known here. */
    @Test
    void componentsMeasureTheDistanceFromTheirSpace() {
        INDArray good = points(4000, 0, 1);
        INDArray one = Nd4j.createFromArray(new float[][] {{0.9f, 0.2f, 0.5f, 0.6f, 0.7f, 0.5f}});
        assertEquals(0.05, new ComponentsRival(2).scores(good, one)[0][0], 0.003);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void everyRivalTellsOddPointsFromGoodOnes(int number) {
        Rival rival = new Rival[] {
                    new ComponentsRival(2),
                    new AutoEncoderRival(2, 500, 1),
                    new ConcentratedRival(new ComponentsRival(2))
                }
                [number];
        double[][] scores = rival.scores(points(500, 0, 1), points(50, 0, 2), points(50, 0.45, 3));
        double[] all = new double[100];
        boolean[] odd = new boolean[100];
        for (int i = 0; i < 50; i++) {
            all[i] = scores[0][i];
            all[50 + i] = scores[1][i];
            odd[50 + i] = true;
        }
        assertTrue(AreaUnderCurve.of(all, odd) > 0.9, rival.name() + " " + AreaUnderCurve.of(all, odd));
    }

    /** Numbers near 0 and 1, as its distribution has them: good ones have the first or the second half on, odd ones both or none. */
    @Test
    void theVariationalAutoEncoderTellsOddPatternsFromGoodOnes() {
        Random random = new Random(1);
        float[][] good = new float[600][20];
        float[][] odd = new float[60][20];
        for (int i = 0; i < 600; i++) {
            boolean first = random.nextBoolean();
            for (int k = 0; k < 20; k++) {
                good[i][k] = first == k < 10 ? 0.95f : 0.05f;
                odd[i / 10][k] = i % 20 < 10 ? 0.95f : 0.05f;
            }
        }
        INDArray rows = Nd4j.createFromArray(good);
        VariationalRival variational = new VariationalRival(2, 60, 1);
        for (Rival rival : List.of(variational, variational.byReconstruction())) {
            double[][] scores = rival.scores(rows, rows, Nd4j.createFromArray(odd));
            double usual = Arrays.stream(scores[0]).average().orElseThrow();
            for (double score : scores[1]) {
                assertTrue(score > usual, rival.name() + ": " + score + " " + usual);
            }
        }
    }

    @Test
    void aConcentratedRivalIsNotFittedToOddPoints() {
        INDArray mixed = Nd4j.concat(0, points(300, 0, 1), points(100, 0.3, 2));
        INDArray odd = points(50, 0.3, 3);
        double plain = new ComponentsRival(3).scores(mixed, odd)[0][0];
        double robust = new ConcentratedRival(new ComponentsRival(3)).scores(mixed, odd)[0][0];
        assertTrue(robust > 10 * plain, robust + " " + plain);
    }
}
