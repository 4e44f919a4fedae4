package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.diagnostics.SvgPlot;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Each class of MNIST or Fashion-MNIST is the good one in turn: the training images of the class are fitted, all test images scored, and
 * those of the other nine classes should have the higher scores. The same for principal components of several ranks and for DL4J's
 * variational auto-encoder.
 *
 * @param most training images of a class; fewer where there are fewer
 */
record OneClassRun(AnomalySettings settings, long seed, int most, int variationalEpochs) {
    private static final int[] RANKS = {20, 40, 64};
    private static final int LATENT = 32;

    /** Fits, scores and compares. */
    AnomalyOutcome of(Digits digits) {
        List<Rival> rivals = new ArrayList<>();
        for (int rank : RANKS) {
            rivals.add(new ComponentsRival(rank));
        }
        VariationalRival variational = new VariationalRival(LATENT, variationalEpochs, seed);
        rivals.add(variational);
        rivals.add(variational.byReconstruction());
        List<double[]> areas = new ArrayList<>();
        List<Double> alarms = new ArrayList<>();
        AnomalyDetector last = null;
        int[] testClasses = digits.test().getLabels().argMax(1).toIntVector();
        INDArray test = digits.test().getFeatures();
        for (int good = 0; good < Digits.CLASSES; good++) {
            INDArray images = ofClass(digits.train(), good);
            boolean[] odd = new boolean[testClasses.length];
            for (int i = 0; i < odd.length; i++) {
                odd[i] = testClasses[i] != good;
            }
            double[] row = new double[rivals.size() + 1];
            last = settings.builder(seed).whole().fit(shaped(images, digits));
            double[] scores = last.score(shaped(test, digits));
            row[0] = AreaUnderCurve.of(scores, odd);
            alarms.add(falseAlarms(scores, odd, last.threshold()));
            for (int r = 0; r < rivals.size(); r++) {
                row[r + 1] = AreaUnderCurve.of(rivals.get(r).scores(images, test)[0], odd);
            }
            areas.add(row);
        }
        return outcome(digits, rivals, areas, alarms, last);
    }

    private static double falseAlarms(double[] scores, boolean[] odd, double threshold) {
        long good = IntStream.range(0, odd.length).filter(i -> !odd[i]).count();
        long above = IntStream.range(0, odd.length)
                .filter(i -> !odd[i] && scores[i] > threshold)
                .count();
        return above / (double) good;
    }

    private INDArray ofClass(DataSet images, int wanted) {
        int[] classes = images.getLabels().argMax(1).toIntVector();
        int[] chosen = IntStream.range(0, classes.length)
                .filter(i -> classes[i] == wanted)
                .limit(most)
                .toArray();
        return Nd4j.pullRows(images.getFeatures(), 1, chosen);
    }

    private static INDArray shaped(INDArray rows, Digits digits) {
        return rows.dup('c').reshape('c', rows.size(0), 1, digits.height(), digits.width());
    }

    private AnomalyOutcome outcome(
            Digits digits, List<Rival> rivals, List<double[]> areas, List<Double> alarms, AnomalyDetector last) {
        Map<String, Double> means = new LinkedHashMap<>();
        List<List<String>> table = table(rivals, areas, means);
        double share =
                alarms.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("meanAuc", means);
        figures.put("falseAlarms", share);
        figures.put("falseAlarmsOfClasses", alarms);
        String shares = String.format(
                Locale.ROOT,
                "False alarms on test images of the good class: %.4f, stated %s; of single classes %.4f to %.4f",
                share,
                Double.toString(settings.falseAlarms()),
                alarms.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                alarms.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        List<String> lines = List.of(TextTable.plain(table).stripTrailing(), shares);
        return new AnomalyOutcome(
                digits.name(),
                List.of(),
                lines,
                figures,
                Map.of(),
                last,
                new AnomalyFinding(
                        claim(means, areas, share), page -> show(page, List.copyOf(means.keySet()), areas, table)));
    }

    /**
     * A row for each way.
     *
     * @param means receives the mean of each row
     */
    private List<List<String>> table(List<Rival> rivals, List<double[]> areas, Map<String, Double> means) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("AUC, the good class"));
        IntStream.range(0, Digits.CLASSES).forEach(c -> head.add(String.valueOf(c)));
        head.add("mean");
        table.add(head);
        for (int way = 0; way <= rivals.size(); way++) {
            int column = way;
            String name = way == 0
                    ? "AnomalyDetector, " + settings.units() + " units"
                    : rivals.get(way - 1).name();
            List<String> row = new ArrayList<>(List.of(name));
            areas.forEach(all -> row.add(String.format(Locale.ROOT, "%.3f", all[column])));
            double mean =
                    areas.stream().mapToDouble(all -> all[column]).average().orElseThrow();
            row.add(String.format(Locale.ROOT, "%.4f", mean));
            means.put(name, mean);
            table.add(row);
        }
        return table;
    }

    private String claim(Map<String, Double> means, List<double[]> areas, double alarms) {
        List<String> names = List.copyOf(means.keySet());
        int best = IntStream.range(1, names.size())
                .boxed()
                .max(Comparator.comparingDouble(way -> means.get(names.get(way))))
                .orElseThrow();
        double own = means.get(names.get(0));
        double other = means.get(names.get(best));
        return String.format(
                Locale.ROOT,
                "Test images of the fitted class are told from those of the other nine with a mean AUC of %.4f, %s the best of "
                        + "the other ways, \"%s\", with %.4f (better for %d of %d classes); false alarms %.4f, stated %s.",
                own,
                own > other ? "above" : "not above",
                names.get(best),
                other,
                areas.stream().filter(all -> all[0] > all[best]).count(),
                areas.size(),
                alarms,
                Double.toString(settings.falseAlarms()));
    }

    private static void show(HtmlReport page, List<String> names, List<double[]> areas, List<List<String>> table) {
        SvgPlot plot = SvgPlot.of("the good class", "AUC");
        double[] classes = IntStream.range(0, areas.size()).asDoubleStream().toArray();
        for (int way = 0; way < names.size(); way++) {
            int column = way;
            plot.points(
                    names.get(way),
                    classes,
                    areas.stream().mapToDouble(all -> all[column]).toArray());
        }
        page.plot(plot, "Area under the ROC curve for each class as the good one; chance is 0.5");
        page.table(table.get(0), table.subList(1, table.size()));
    }
}
