package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.internal.parallel.TaskRecording;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthChartTest {
    private static long pixels(BufferedImage picture, Color color, int from, int to) {
        long found = 0;
        for (int x = from; x < to; x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                found += picture.getRGB(x, y) == color.getRGB() ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void drawsACurveForEachNumberOfThreadsAndTheSpeedUpBesideThem() {
        List<Timing> timings = List.of(
                new Timing("ListaBenchmark", "jointStep", "64x784x400x11", 1, 12, 12, 0, 0, 0),
                new Timing("ListaBenchmark", "jointStep", "128x784x400x11", 1, 20, 20, 0, 0, 0),
                new Timing("ListaBenchmark", "jointStep", "64x784x400x11", 2, 7, 7, 0, 0, 0),
                new Timing("ListaBenchmark", "jointStep", "128x784x400x11", 2, 11, 11, 0, 0, 0));
        Prediction prediction =
                Prediction.of("128x784x400x11 jointStep", new TaskRecording(110, List.of(new long[] {50, 50})));
        BufferedImage picture = GrowthChart.draw(List.of(1, 2), timings, List.of(prediction));
        int chart = 460;
        assertEquals(3 * chart + chart * 5 / 4, picture.getWidth());
        assertTrue(pixels(picture, Canvas.BLUE, 0, chart) > 100);
        assertTrue(pixels(picture, Canvas.RED, 0, chart) > 100);
        assertTrue(pixels(picture, Canvas.BLUE, 3 * chart, picture.getWidth()) > 100);
        assertEquals(0, pixels(picture, Canvas.RED, 3 * chart, picture.getWidth()), "one prediction, one curve");
    }
}
