package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.examples.run.TextTable;
import io.github.dl4jsparse.task.AnomalyDetector;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Beats of an electrocardiogram: a detector is fitted on all beats of one part of a recording, wide ones among them that nobody marked,
 * and scores those of another. The reference rule, {@link QrsWidth}, judges the scores; it takes no part in fitting.
 *
 * @param millivolts of one unit of the recording
 */
record BeatRun(AnomalySettings settings, long seed, double millivolts) {
    private static final int AUTO_ENCODER_UPDATES = 1000;
    private static final int LISTED = 5;

    /** Fits, scores and compares. */
    AnomalyOutcome of(String data, BeatWindows good, BeatWindows test) {
        AnomalyDetector detector = settings.builder(seed).fit(good.windows());
        double[] scores = detector.score(test.windows());
        boolean[] odd = detector.isAnomalous(test.windows().features());
        boolean[] wide = test.wide(millivolts);
        Map<String, Object> figures = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        int wides = count(wide);
        if (wides > 0 && wides < wide.length) {
            lines.add(table(good, test, scores, wide, figures));
        }
        lines.addAll(found(detector, test, scores, odd, wide, figures));
        String caption = String.format(
                Locale.ROOT,
                "Orange: anomalous (%d of %d beats). Ringed: QRS complex of at least 120 ms (%d, %d of them orange)",
                count(odd),
                odd.length,
                wides,
                both(odd, wide));
        BufferedImage picture = AnomalyPictures.beats(test, odd, wide, caption);
        return new AnomalyOutcome(
                data,
                List.of(
                        "good: " + good.windows().report(),
                        "test: " + test.windows().report()),
                lines,
                figures,
                Map.of("beats.png", picture),
                detector,
                new AnomalyFinding(claim(figures), page -> {
                    Map<String, double[]> groups = new LinkedHashMap<>();
                    groups.put("other beats", AnomalyFinding.marked(scores, wide, false));
                    groups.put("QRS of 120 ms and more", AnomalyFinding.marked(scores, wide, true));
                    AnomalyFinding.addScores(page, detector.threshold(), groups);
                    page.figure(picture, caption);
                }));
    }

    private static String claim(Map<String, Object> figures) {
        String found = String.format(
                Locale.ROOT,
                "%s of %s beats are anomalous, %s of the %s whose QRS complex has at least 120 ms",
                figures.get("anomalous"),
                figures.get("beats"),
                figures.get("anomalousAndWide"),
                figures.get("wide"));
        if (!(figures.get("aucOfOthers") instanceof Map<?, ?> others)) {
            return found + "; nothing is measured, as the rule finds wide beats in all or none of the test part.";
        }
        Map.Entry<?, ?> best = others.entrySet().stream()
                .max(Comparator.comparingDouble(other -> (Double) other.getValue()))
                .orElseThrow();
        double own = (Double) figures.get("auc");
        return String.format(
                Locale.ROOT,
                "Wide beats are told from others with an AUC of %.4f, %s the best of %d other ways, \"%s\", with %.4f; %s.",
                own,
                own > (Double) best.getValue() ? "above" : "not above",
                others.size(),
                best.getKey(),
                best.getValue(),
                found);
    }

    /** How many beats are anomalous, and those of the highest scores; adds the figures. */
    private static List<String> found(
            AnomalyDetector detector,
            BeatWindows test,
            double[] scores,
            boolean[] odd,
            boolean[] wide,
            Map<String, Object> figures) {
        StringBuilder highest = new StringBuilder("Highest scores:");
        for (int i : AnomalyPictures.highest(scores, LISTED)) {
            highest.append(String.format(
                    Locale.ROOT, " %s (%.1f)", test.windows().names().get(i), scores[i]));
        }
        figures.put("beats", odd.length);
        figures.put("anomalous", count(odd));
        figures.put("wide", count(wide));
        figures.put("anomalousAndWide", both(odd, wide));
        figures.put("threshold", detector.threshold());
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d of %d beats are anomalous (score above %.2f), %d of the %d whose QRS complex has at least 120 ms",
                        count(odd),
                        odd.length,
                        detector.threshold(),
                        both(odd, wide),
                        count(wide)),
                highest.toString());
    }

    private static int both(boolean[] odd, boolean[] wide) {
        int both = 0;
        for (int i = 0; i < odd.length; i++) {
            both += odd[i] && wide[i] ? 1 : 0;
        }
        return both;
    }

    private static int count(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return count;
    }

    /** Areas under the curve of the detector and of others of its size, fitted on the same beats. */
    private String table(
            BeatWindows good, BeatWindows test, double[] scores, boolean[] wide, Map<String, Object> figures) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("wide beats against the others", "AUC"));
        double own = AreaUnderCurve.of(scores, wide);
        table.add(List.of("AnomalyDetector, " + settings.units() + " units", number(own)));
        figures.put("auc", own);
        Map<String, Double> others = new LinkedHashMap<>();
        List<Rival> rivals = List.of(
                new ComponentsRival(settings.units()),
                new ConcentratedRival(new ComponentsRival(settings.units())),
                new AutoEncoderRival(settings.units(), AUTO_ENCODER_UPDATES, seed),
                new ConcentratedRival(new AutoEncoderRival(settings.units(), AUTO_ENCODER_UPDATES, seed)));
        for (Rival rival : rivals) {
            double area = AreaUnderCurve.of(rival.scores(rows(good), rows(test))[0], wide);
            table.add(List.of(rival.name(), number(area)));
            others.put(rival.name(), area);
        }
        figures.put("aucOfOthers", others);
        return TextTable.plain(table).stripTrailing();
    }

    private static INDArray rows(BeatWindows beats) {
        INDArray windows = beats.windows().features();
        return windows.reshape('c', windows.size(0), windows.size(1) * windows.size(2));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
