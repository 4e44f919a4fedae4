package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.diagnostics.HtmlReport;
import io.github.dl4jsparse.task.AnomalyDetector;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Images of a folder, or rows of a CSV file, that are like the good ones, and those that are not. */
record FolderRun(AnomalySettings settings, long seed) {
    private static final int LISTED = 10;
    private static final int SHOWN = 12;
    /** Pixels of an image for which principal components are found in a second. */
    private static final int MOST_VALUES = 1600;
    /** The folder of good images among those to judge. */
    private static final String GOOD = "good";

    /** A row of the list in {@code result.json}. */
    private record Scored(String name, double score, boolean anomalous) {}

    /** Fits and scores. */
    AnomalyOutcome of(String data, ExampleSet good, ExampleSet test) {
        AnomalyDetector detector = settings.builder(seed).fit(good);
        double[] scores = detector.score(test);
        List<Scored> list = new ArrayList<>();
        int anomalous = 0;
        for (int i : AnomalyPictures.highest(scores, scores.length)) {
            boolean odd = scores[i] > detector.threshold();
            anomalous += odd ? 1 : 0;
            list.add(new Scored(test.names().get(i), scores[i], odd));
        }
        List<String> lines = new ArrayList<>(lines(list, anomalous, detector));
        Map<String, Object> figures = new LinkedHashMap<>();
        boolean[] odd = labelled(test);
        double components = odd == null ? Double.NaN : components(good, test, odd);
        if (odd != null) {
            double area = AreaUnderCurve.of(scores, odd);
            figures.put("auc", area);
            lines.add(String.format(Locale.ROOT, "AUC of the other folders against \"%s\": %.4f", GOOD, area));
            if (!Double.isNaN(components)) {
                figures.put("aucOfOthers", Map.of(rival().name(), components));
            }
        }
        figures.put("threshold", detector.threshold());
        figures.put("anomalous", anomalous);
        figures.put("examples", list);
        return new AnomalyOutcome(
                data,
                List.of(good.report().summary(), test.report().summary()),
                lines,
                figures,
                pictures(test, scores, detector),
                detector,
                new AnomalyFinding(
                        claim(scores, odd, components, detector), page -> show(page, test, scores, odd, detector)));
    }

    private ComponentsRival rival() {
        return new ComponentsRival(settings.units());
    }

    /** The area of principal components of pixels or values; NaN where there are too many of them. */
    private double components(ExampleSet good, ExampleSet test, boolean[] odd) {
        long values = good.features().length() / good.size();
        return values > MOST_VALUES
                ? Double.NaN
                : AreaUnderCurve.of(
                        rival().scores(
                                        good.features().reshape('c', good.size(), values),
                                        test.features().reshape('c', test.size(), values))[0],
                        odd);
    }

    private String claim(double[] scores, boolean[] odd, double components, AnomalyDetector detector) {
        if (odd == null) {
            return String.format(
                    Locale.ROOT,
                    "%d of %d examples are anomalous: their scores are above %.2f, which a share of %s of good examples "
                            + "exceeds by the %d that were held out; whether they are odd is not measured, as the "
                            + "examples are not in folders of which one is named \"%s\".",
                    AnomalyFinding.above(scores, detector.threshold()),
                    scores.length,
                    detector.threshold(),
                    Double.toString(settings.falseAlarms()),
                    detector.heldOutExamples(),
                    GOOD);
        }
        double area = AreaUnderCurve.of(scores, odd);
        double[] odds = AnomalyFinding.marked(scores, odd, true);
        double[] goods = AnomalyFinding.marked(scores, odd, false);
        String others = Double.isNaN(components)
                ? "chance 0.5"
                : String.format(
                        Locale.ROOT,
                        "%s %.4f%s, chance 0.5",
                        rival().name(),
                        components,
                        area > components ? "" : ", which the detector does not surpass");
        return String.format(
                Locale.ROOT,
                "Examples of the other folders are told from those of \"%s\" with an AUC of %.4f (%s); at the threshold "
                        + "%d of %d of them are found, with %d false alarms among %d good ones (stated share %s).",
                GOOD,
                area,
                others,
                AnomalyFinding.above(odds, detector.threshold()),
                odds.length,
                AnomalyFinding.above(goods, detector.threshold()),
                goods.length,
                Double.toString(settings.falseAlarms()));
    }

    private static void show(
            HtmlReport page, ExampleSet test, double[] scores, boolean[] odd, AnomalyDetector detector) {
        Map<String, double[]> groups = new LinkedHashMap<>();
        if (odd == null) {
            groups.put("examples", scores);
        } else {
            groups.put(GOOD, AnomalyFinding.marked(scores, odd, false));
            groups.put("other folders", AnomalyFinding.marked(scores, odd, true));
        }
        AnomalyFinding.addScores(page, detector.threshold(), groups);
        List<Integer> order = AnomalyPictures.highest(scores, scores.length);
        if (test.features().rank() == 4) {
            // of few examples none is in both pictures
            int most = Math.min(SHOWN, (order.size() + 1) / 2);
            List<Integer> lowest = new ArrayList<>(order.subList(Math.max(most, order.size() - SHOWN), order.size()));
            Collections.reverse(lowest);
            BufferedImage highest = picture(test, scores, detector, order.subList(0, most));
            AnomalyFinding.addExtremes(
                    page, highest, lowest.isEmpty() ? null : picture(test, scores, detector, lowest));
        }
        page.table(
                List.of("score", "", "example"),
                order.stream()
                        .limit(LISTED)
                        .map(i -> List.of(
                                String.format(Locale.ROOT, "%.2f", scores[i]),
                                scores[i] > detector.threshold() ? "anomalous" : "good",
                                test.names().get(i)))
                        .toList());
    }

    /** How many are anomalous, and those of the highest scores. */
    private List<String> lines(List<Scored> list, int anomalous, AnomalyDetector detector) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d are anomalous: score above %.2f, by %d held-out good examples and a share of false alarms of %s",
                anomalous,
                list.size(),
                detector.threshold(),
                detector.heldOutExamples(),
                Double.toString(settings.falseAlarms())));
        for (Scored scored : list.subList(0, Math.min(LISTED, list.size()))) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%9.2f %s %s",
                    scored.score,
                    scored.anomalous ? "anomalous" : "good     ",
                    scored.name));
        }
        return lines;
    }

    /** Which images lie in other folders than one named "good"; null where there is none of that name, or no other. */
    private static boolean[] labelled(ExampleSet test) {
        if (!test.labels().contains(GOOD) || test.classes().size() < 2) {
            return null;
        }
        boolean[] odd = new boolean[test.size()];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = !test.labels().get(i).equals(GOOD);
        }
        return odd;
    }

    private static Map<String, BufferedImage> pictures(ExampleSet test, double[] scores, AnomalyDetector detector) {
        if (test.features().rank() != 4) {
            return Map.of();
        }
        return Map.of("anomalies.png", picture(test, scores, detector, AnomalyPictures.highest(scores, SHOWN)));
    }

    private static BufferedImage picture(
            ExampleSet test, double[] scores, AnomalyDetector detector, List<Integer> examples) {
        ExampleSet images =
                test.select(examples.stream().mapToInt(Integer::intValue).toArray());
        double[] own = examples.stream().mapToDouble(i -> scores[i]).toArray();
        return AnomalyPictures.defects(images.features(), detector.heatMaps(images.features()), detector, own);
    }
}
