package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An inhibition that was planted in synthetic inputs, and the one that was learned from them.
 *
 * @param planted behind the inputs
 * @param found   of the same units
 */
record PlantedRecovery(InhibitionMatrix planted, InhibitionMatrix found) {
    private record Pair(double strength, boolean inhibits) {}

    /** The area under the ROC curve with which the found matrix tells the zeros of the planted one; 1/2 for chance. */
    double auc() {
        return CoActivation.zeroRecovery(planted, found);
    }

    /**
     * The corners of the ROC curve: shares of the pairs without and with planted inhibition whose found strength reaches a threshold.
     *
     * @return {@code [2][points]}, from (0, 0) to (1, 1)
     */
    double[][] roc() {
        List<Pair> pairs = new ArrayList<>();
        int positive = 0;
        for (int i = 0; i < planted.units(); i++) {
            for (int j = 0; j < i; j++) {
                pairs.add(new Pair(found.get(i, j), planted.get(i, j) > 0));
                positive += planted.get(i, j) > 0 ? 1 : 0;
            }
        }
        pairs.sort(Comparator.comparingDouble(pair -> -pair.strength()));
        List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
        int[] reached = new int[2];
        for (int k = 0; k < pairs.size(); k++) {
            reached[pairs.get(k).inhibits() ? 1 : 0]++;
            // pairs of one strength pass a threshold together
            if (k + 1 == pairs.size()
                    || pairs.get(k + 1).strength() < pairs.get(k).strength()) {
                add(
                        points,
                        new double[] {(double) reached[0] / (pairs.size() - positive), (double) reached[1] / positive});
            }
        }
        return new double[][] {
            points.stream().mapToDouble(point -> point[0]).toArray(),
            points.stream().mapToDouble(point -> point[1]).toArray()
        };
    }

    /** Of points on one horizontal or vertical line the first and last are enough. */
    private static void add(List<double[]> points, double[] next) {
        int n = points.size();
        for (int axis = 0; axis < 2 && n > 1; axis++) {
            if (points.get(n - 2)[axis] == points.get(n - 1)[axis] && points.get(n - 1)[axis] == next[axis]) {
                points.set(n - 1, next);
                return;
            }
        }
        points.add(next);
    }
}
