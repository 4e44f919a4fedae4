package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotTest {
    private static int count(BufferedImage picture, Color colour) {
        int pixels = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                pixels += picture.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return pixels;
    }

    /** What a diverged training, or one that stands still, asks for. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.MIN_VALUE,
                1e-300,
                1e-12,
                0,
                -1,
                Double.NaN,
                0.3,
                1e7,
                1e300,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY
            })
    void drawsAxesOfEverySize(double maximum) {
        BufferedImage picture =
                assertTimeoutPreemptively(Duration.ofSeconds(30), () -> new Plot("x", "y", maximum, maximum)
                        .line(new double[] {0, maximum}, new double[] {0, maximum}, Plot.BLUE)
                        .points(new double[] {0}, new double[] {0}, Plot.RED)
                        .picture());
        assertTrue(count(picture, Plot.RED) > 10);
    }

    @Test
    void leavesOutWhatIsNotANumberAndBreaksAtWhatIsInfinite() {
        double[] xs = {0, 1, 2};
        int whole = blue(xs, 1, 1, 1);
        assertEquals(whole, blue(xs, 1, Double.NaN, 1), 4);
        assertEquals(0, blue(xs, 1, Double.POSITIVE_INFINITY, 1));
    }

    private static int blue(double[] xs, double... ys) {
        return count(new Plot("x", "y", 2, 2).line(xs, ys, Plot.BLUE).picture(), Plot.BLUE);
    }

    /** Every colour of a legend is on the picture, and none hides another. */
    @Test
    void namesThatHaveNoRoomGoIntoASecondRow() {
        Color[] colours = {Plot.INK, Plot.BLUE, Plot.RED, Plot.GREEN, Plot.PURPLE, Plot.ORANGE, Plot.SKY};
        Plot plot = new Plot("updates", "mean per example", 1, 1);
        for (Color colour : colours) {
            plot.legend(colour, "reconstruction");
        }
        BufferedImage picture = plot.picture();
        for (Color colour : colours) {
            assertTrue(count(picture, colour) >= 12 * 8, colour.toString());
        }
    }
}
