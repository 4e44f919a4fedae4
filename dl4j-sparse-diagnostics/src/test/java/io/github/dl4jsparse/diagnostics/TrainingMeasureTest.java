package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.nn.LossTerms;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingMeasureTest {
    /** Every number another one, so that none can be taken for another. */
    private static final LayerMeasurement MEASUREMENT =
            new LayerMeasurement(LossTerms.of(2, 1).with("prediction", 0.25).with("rate", 0), 4, 5, 0.6, 0.7, 0.8, 0.9);

    private static TrainingPoint point(LayerMeasurement measurement) {
        return new TrainingPoint("code", false, 7, 1, measurement);
    }

    private static List<String> labels(TrainingPoint... points) {
        return TrainingMeasure.of(List.of(points)).stream()
                .map(TrainingMeasure::label)
                .toList();
    }

    private static TrainingMeasure labelled(String label, TrainingPoint point) {
        return TrainingMeasure.of(point).stream()
                .filter(measure -> measure.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsEveryNumberOfAMeasurementOnce() {
        double[] values = TrainingMeasure.of(point(MEASUREMENT)).stream()
                .mapToDouble(measure -> measure.of(MEASUREMENT))
                .toArray();
        assertEquals("[3.25, 2.0, 1.0, 0.25, 0.0, 4.0, 5.0, 0.6, 0.7, 0.8, 0.9]", Arrays.toString(values));
    }

    @Test
    void hasTheTermsOfAllPointsInTheirOrder() {
        TrainingPoint two = point(new LayerMeasurement(LossTerms.of(2, 1), 4, 5, 0.6, 0.7, 0.8, 0.9));
        List<String> others = List.of(
                "active elements", "active groups", "zero on the probe", "explained variance", "coherence", "excess");
        List<String> terms = labels(two, point(MEASUREMENT));
        assertEquals(List.of("energy", "reconstruction", "penalty", "prediction", "rate"), terms.subList(0, 5));
        assertEquals(others, terms.subList(5, terms.size()));
        assertEquals(others.size() + 3, labels(two).size());
        TrainingMeasure rate = labelled("rate", point(MEASUREMENT));
        assertEquals("0.000", rate.text(point(MEASUREMENT)));
        assertEquals("", rate.text(two), "absent, not 0");
    }

    @Test
    void givesEveryTermAColourOfItsOwn() {
        List<TrainingMeasure> energy =
                TrainingMeasure.Diagram.of(List.of(point(MEASUREMENT))).get(0).measures();
        assertEquals(
                energy.size(),
                energy.stream().map(TrainingMeasure::colour).distinct().count());
    }

    @Test
    void saysNothingOfWhatWasNotMeasured() {
        LayerMeasurement partly = new LayerMeasurement(LossTerms.of(2, 1), 4, Double.NaN, 0.6, 0.7, 0.8, Double.NaN);
        TrainingPoint point = point(partly);
        assertEquals("", labelled("active groups", point).text(point));
        assertEquals("0.6000", labelled("zero on the probe", point).text(point));
    }
}
