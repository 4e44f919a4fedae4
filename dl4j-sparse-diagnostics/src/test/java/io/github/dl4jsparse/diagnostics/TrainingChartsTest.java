package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.LossTerms;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingChartsTest {
    private static TrainingPoint point(boolean pretraining, long updates, double units, double excess) {
        return new TrainingPoint(
                "code",
                pretraining,
                updates,
                0,
                new LayerMeasurement(LossTerms.of(1, 1), units, Double.NaN, 0, 0.5, 0.5, excess));
    }

    private static long pixels(BufferedImage picture, Color colour, int fromX, int toX) {
        return IntStream.range(fromX, toX)
                .mapToLong(x -> IntStream.range(50, 296)
                        .filter(y -> picture.getRGB(x, y) == colour.getRGB())
                        .count())
                .sum();
    }

    @Test
    void leavesGapsWhereValuesAreInfinite() {
        Map<String, BufferedImage> charts = new TrainingCharts(List.of(
                        point(false, 0, 5, 1), point(false, 10, 5, 1),
                        point(false, 20, Double.NaN, 1), point(false, 30, Double.POSITIVE_INFINITY, 1),
                        point(false, 40, 5, 1), point(false, 50, 5, 1)))
                .draw();
        BufferedImage units = charts.get("Active elements of the code");
        // 560 pixels wide, the axis from 56 to 544: a fifth is 98 pixels
        assertTrue(pixels(units, Plot.BLUE, 56, 154) > 100, "a line up to the gap");
        assertEquals(0, pixels(units, Plot.BLUE, 160, 440), "nothing in the gap");
        assertTrue(pixels(units, Plot.BLUE, 446, 540) > 100, "a line after the gap");
    }

    @Test
    void joinsPointsBetweenWhichSomeWereNotMeasured() {
        BufferedImage units = new TrainingCharts(
                        List.of(point(false, 0, 5, 1), point(false, 10, Double.NaN, 1), point(false, 20, 5, 1)))
                .draw()
                .get("Active elements of the code");
        assertTrue(pixels(units, Plot.BLUE, 70, 530) >= 460, "a line from the first to the last");
    }

    @Test
    void showsASinglePointAndNoQuantityWithoutOne() {
        Map<String, BufferedImage> charts =
                new TrainingCharts(List.of(point(false, 0, 5, 0.5), point(false, 10, 5, Double.NaN))).draw();
        assertTrue(
                pixels(charts.get("Energy of the encoder's code above that of the solver's"), Plot.RED, 50, 62) > 10);
        assertEquals(
                Set.of(
                        "Energy and its terms",
                        "Active elements of the code",
                        "Elements of the code that are zero in every example of the probe",
                        "Explained variance; what is below 0 is drawn at 0",
                        "Coherence of the dictionary",
                        "Energy of the encoder's code above that of the solver's"),
                charts.keySet());
    }

    @Test
    void marksWherePretrainingEnded() {
        BufferedImage marked = new TrainingCharts(
                        List.of(point(true, 0, 5, 1), point(true, 20, 5, 1), point(false, 40, 5, 1)))
                .draw()
                .get("Active elements of the code");
        assertTrue(pixels(marked, Plot.GREY, 298, 303) > 100, "at half");
        BufferedImage only = new TrainingCharts(List.of(point(true, 0, 5, 1), point(true, 40, 5, 1)))
                .draw()
                .get("Active elements of the code");
        assertEquals(0, pixels(only, Plot.GREY, 58, 560));
    }

    @Test
    void keepsOneLargeFirstValueFromFlatteningTheRest() {
        BufferedImage chart = new TrainingCharts(List.of(
                        point(false, 0, 1000, 1),
                        point(false, 10, 2, 1),
                        point(false, 20, 1, 1),
                        point(false, 30, 2, 1)))
                .draw()
                .get("Active elements of the code");
        // 2 of 8.8 is a quarter of the height of 250 pixels
        assertTrue(
                IntStream.range(200, 270).anyMatch(y -> chart.getRGB(541, y) == Plot.BLUE.getRGB()),
                "the last value is seen above the axis");
    }
}
