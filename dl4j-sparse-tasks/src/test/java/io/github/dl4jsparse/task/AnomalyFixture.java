package io.github.dl4jsparse.task;

import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Good examples from few latent causes, and anomalous ones. */
final class AnomalyFixture {
    static final int WIDTH = 8;

    private AnomalyFixture() {}

    /** Sums of two of four directions, with a little noise; the third number has a unit a thousand times as large. */
    static INDArray vectors(int count, long seed, boolean odd) {
        Random random = new Random(seed);
        float[][] rows = new float[count][WIDTH];
        for (float[] row : rows) {
            for (int k = 0; k < 2; k++) {
                int cause = random.nextInt(4);
                double strength = 1 + random.nextDouble();
                row[2 * cause] += (float) strength;
                row[2 * cause + 1] += (float) (odd ? -strength : strength);
            }
            for (int i = 0; i < WIDTH; i++) {
                row[i] += (float) (0.05 * random.nextGaussian());
            }
            row[2] = 1000 * row[2] + 5;
        }
        return Nd4j.createFromArray(rows);
    }

    /** Images {@code [count, 1, 32, 40]} of stripes at random phases; odd ones have a dark spot of 5 x 5 pixels at row 12, column 20. */
    static INDArray images(int count, long seed, boolean odd) {
        Random random = new Random(seed);
        float[][][][] images = new float[count][1][32][40];
        for (float[][][] image : images) {
            double phase = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < 32; i++) {
                for (int j = 0; j < 40; j++) {
                    boolean spot = odd && i >= 12 && i < 17 && j >= 20 && j < 25;
                    image[0][i][j] = (float)
                            (spot ? 0 : 0.6 + 0.2 * Math.sin(0.9 * j + 0.3 * i + phase) + 0.02 * random.nextGaussian());
                }
            }
        }
        return Nd4j.createFromArray(images);
    }

    /** Signals {@code [count, 2, 100]}: sines at random phases; odd ones are 3 from sample 40 to 60 of the second channel. */
    static INDArray signals(int count, long seed, boolean odd) {
        Random random = new Random(seed);
        float[][][] signals = new float[count][2][100];
        for (float[][] signal : signals) {
            double phase = 2 * Math.PI * random.nextDouble();
            for (int t = 0; t < 100; t++) {
                signal[0][t] = (float) (Math.sin(0.5 * t + phase) + 0.05 * random.nextGaussian());
                signal[1][t] = (float) (Math.cos(0.5 * t + phase) + 0.05 * random.nextGaussian());
                if (odd && t >= 40 && t < 60) {
                    signal[1][t] = 3;
                }
            }
        }
        return Nd4j.createFromArray(signals);
    }

    /** The share of pairs of a good and an odd one in which the odd one has the higher score. */
    static double areaUnderCurve(double[] good, double[] odd) {
        double above = 0;
        for (double g : good) {
            for (double o : odd) {
                above += o > g ? 1 : o == g ? 0.5 : 0;
            }
        }
        return above / good.length / odd.length;
    }
}
