package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.task.AnomalyDetector;
import io.github.dl4jsparse.task.data.ExampleSet;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Images of a folder, or rows of a CSV file, that are like the good ones, and those that are not. */
record FolderRun(AnomalySettings settings, long seed) {
    private static final int LISTED = 10;
    private static final int SHOWN = 12;
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
        if (odd != null) {
            double area = AreaUnderCurve.of(scores, odd);
            figures.put("auc", area);
            lines.add(String.format(Locale.ROOT, "AUC of the other folders against \"%s\": %.4f", GOOD, area));
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
                detector);
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
        int[] shown = AnomalyPictures.highest(scores, SHOWN).stream()
                .mapToInt(Integer::intValue)
                .toArray();
        ExampleSet images = test.select(shown);
        double[] highest = new double[shown.length];
        for (int i = 0; i < shown.length; i++) {
            highest[i] = scores[shown[i]];
        }
        return Map.of(
                "anomalies.png",
                AnomalyPictures.defects(images.features(), detector.heatMaps(images.features()), detector, highest));
    }
}
