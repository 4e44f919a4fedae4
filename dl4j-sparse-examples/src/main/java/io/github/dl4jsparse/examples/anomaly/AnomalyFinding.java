package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What the report of {@code anomaly} says and shows.
 *
 * @param claim a sentence with the figure and its control
 * @param shown adds the figures to the page
 */
record AnomalyFinding(String claim, Consumer<HtmlReport> shown) {
    /** Points of a curve at most. */
    private static final int POINTS = 120;

    /**
     * Scores of groups in rising order, with the threshold: how much of a curve lies above the line is the share that is found anomalous.
     *
     * @param groups scores by the name of their group, at least one each; empty groups are left out
     */
    static SvgPlot scores(double threshold, Map<String, double[]> groups) {
        SvgPlot plot = SvgPlot.of("% of the group, lowest scores first", "score");
        groups.forEach((name, scores) -> {
            if (scores.length > 0) {
                double[] sorted = scores.clone();
                Arrays.sort(sorted);
                int[] taken = taken(sorted.length);
                plot.line(
                        name + " (" + sorted.length + ")",
                        Arrays.stream(taken)
                                .mapToDouble(i -> 100 * (i + 0.5) / sorted.length)
                                .toArray(),
                        Arrays.stream(taken).mapToDouble(i -> sorted[i]).toArray());
            }
        });
        return plot.bound("threshold", threshold);
    }

    /** All positions of a few, evenly chosen ones of many with the first and the last. */
    private static int[] taken(int count) {
        return count <= POINTS
                ? IntStream.range(0, count).toArray()
                : IntStream.range(0, POINTS)
                        .map(k -> (int) ((long) k * (count - 1) / (POINTS - 1)))
                        .toArray();
    }

    /** The plot of scores with its caption. */
    static void addScores(HtmlReport page, double threshold, Map<String, double[]> groups) {
        page.plot(
                scores(threshold, groups),
                "Scores of each group in rising order; what lies above the dashed threshold is found anomalous");
    }

    /** Heat maps of the highest scores beside those of the lowest; null where there are none. */
    static void addExtremes(HtmlReport page, BufferedImage highest, BufferedImage lowest) {
        Map<String, BufferedImage> beside = new LinkedHashMap<>();
        beside.put("The highest scores: each image, and below it where it is odd", highest);
        if (lowest != null) {
            beside.put("The lowest scores", lowest);
        }
        page.beside(beside);
    }

    /** The scores that have a mark, or those that have none. */
    static double[] marked(double[] scores, boolean[] marks, boolean mark) {
        return IntStream.range(0, scores.length)
                .filter(i -> marks[i] == mark)
                .mapToDouble(i -> scores[i])
                .toArray();
    }

    /** How many scores are above a threshold. */
    static long above(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(score -> score > threshold).count();
    }
}
