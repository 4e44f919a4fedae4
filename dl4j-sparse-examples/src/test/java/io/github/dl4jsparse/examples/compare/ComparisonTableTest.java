package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    private static Outcome outcome(String name, Kind kind, int labels, Double... accuracies) {
        List<Trial> trials = List.of(
                new Trial(new Setting(Map.of("rate", 0.1)), 70), new Trial(new Setting(Map.of("rate", 0.01)), 75));
        return new Outcome(name, kind, labels, trials, List.of(accuracies), 12);
    }

    private static final List<Outcome> OUTCOMES = List.of(
            outcome("dense", Kind.DENSE, 100, 80.0, 82.0),
            outcome("dense", Kind.DENSE, 300, 90.0, 92.0),
            outcome("logistic", Kind.DENSE, 100, 83.0, 77.0),
            outcome("logistic", Kind.DENSE, 300, 91.0, 93.0),
            outcome("ours", Kind.OUR_DENSE, 100, 84.0, 85.0),
            outcome("ours", Kind.OUR_DENSE, 300, 90.0, 93.0),
            outcome("CNN", Kind.CONVOLUTIONAL, 100, 86.0, 86.0),
            outcome("CNN", Kind.CONVOLUTIONAL, 300, 60.0, 60.0),
            outcome("our CNN", Kind.OUR_CONVOLUTIONAL, 100, 85.0, 87.0),
            outcome("our CNN", Kind.OUR_CONVOLUTIONAL, 300, 94.0, 95.0));

    @Test
    void comparesOursWithTheBestOfTheOthersSeedBySeed() {
        // dense has the best mean, 81; differences 4 and 3
        Difference difference = Difference.of(OUTCOMES.get(4), OUTCOMES).orElseThrow();
        assertEquals("dense", difference.other());
        assertEquals(3.5, difference.mean(), 1e-9);
        assertEquals(Math.sqrt(0.5), difference.spread(), 1e-9);
        assertEquals(
                "CNN", Difference.of(OUTCOMES.get(8), OUTCOMES).orElseThrow().other());
        assertEquals(
                "logistic",
                Difference.of(OUTCOMES.get(9), OUTCOMES).orElseThrow().other());
        assertTrue(Difference.of(OUTCOMES.get(0), OUTCOMES).isEmpty());
    }

    @Test
    void printsMeanDeviationAndDifference() {
        String[] lines = new ComparisonTable(OUTCOMES).text().split("\\R");
        assertEquals("test accuracy in %   100 labels   300 labels   CPU seconds", lines[0]);
        assertEquals("dense                81.0 ± 1.4   91.0 ± 1.4            24", lines[1]);
        assertEquals("ours         100                dense         +3.5                    0.7", lines[8]);
        assertEquals("ours         300             logistic         -0.5                    0.7", lines[9]);
        assertEquals(12, lines.length);
    }

    @Test
    void writesMarkdownWithTheChosenSettings() {
        String page = new ComparisonTable(OUTCOMES).markdown("what it is");
        assertTrue(page.startsWith("what it is\n\n| test accuracy in % | 100 labels | 300 labels |"), page);
        assertTrue(page.contains("\n|---|---:|---:|---:|\n"), page);
        assertTrue(page.contains("| ours | 300 | rate 0.01 | 75.0 |"), page);
    }

    @Test
    void drawsADotForEveryRowAndNumberOfLabels() {
        BufferedImage picture = ComparisonChart.draw("title", new ArrayList<>(OUTCOMES));
        int orange = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                orange += (picture.getRGB(x, y) & 0xffffff) == 0xe69f00 ? 1 : 0;
            }
        }
        // five dots of about 9 pixels across and one in the legend, parts of them behind error bars
        assertTrue(orange > 100, "orange pixels: " + orange);
    }
}
