package io.github.dl4jsparse.examples.anomaly;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Another way with the detector's allowance for odd examples: fitted on the half nearest to the median, then four times on the half of
 * lowest scores, at last on all within 3.5 deviations.
 *
 * @param rival that is fitted
 */
record ConcentratedRival(Rival rival) implements Rival {
    private static final int STEPS = 4;
    private static final double BEYOND = 3.5;

    @Override
    public String name() {
        return rival.name() + ", robust";
    }

    @Override
    public double[][] scores(INDArray good, INDArray... tests) {
        INDArray median = good.median(0);
        INDArray difference = good.subRowVector(median);
        double[] scores = difference.mul(difference).sum(1).toDoubleVector();
        for (int step = 0; step <= STEPS; step++) {
            double middle = median(scores);
            scores = rival.scores(below(good, scores, middle), good)[0];
        }
        double middle = median(scores);
        double[] distances =
                Arrays.stream(scores).map(s -> Math.abs(s - middle)).toArray();
        return rival.scores(below(good, scores, middle + BEYOND * 1.4826 * median(distances)), tests);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static INDArray below(INDArray rows, double[] scores, double most) {
        int[] chosen =
                IntStream.range(0, scores.length).filter(i -> scores[i] <= most).toArray();
        return Nd4j.pullRows(rows, 1, chosen);
    }
}
