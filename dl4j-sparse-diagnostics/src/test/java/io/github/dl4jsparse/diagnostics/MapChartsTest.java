package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MapChartsTest {
    private static int pixels(BufferedImage picture, int colour) {
        int count = 0;
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
            int rgb = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
            count += (rgb & 0xffffff) == (colour & 0xffffff) ? 1 : 0;
        }
        return count;
    }

    /** A map with a spacing has the line of its peak over the whole height, an unrelated one has none. */
    @Test
    void spectrumMarksThePeakWhereThereIsOne() {
        BufferedImage peak = MapCharts.spectrum(ColumnSpacing.of(RandomFields.ring(48, 5, 1, 3), 99, 1));
        OrientationField unrelated =
                OrientationField.ofOrientations(MapGrid.torus(48, 48), RandomFields.unrelated(48 * 48, 3));
        BufferedImage flat = MapCharts.spectrum(ColumnSpacing.of(unrelated, 99, 1));
        int red = Plot.RED.getRGB();
        assertTrue(pixels(peak, red) > pixels(flat, red) + 100, "the peak has no line");
    }

    @Test
    void densityShowsMapPiAndRandomFields() {
        OrientationField field = RandomFields.ring(48, 5, 1, 3);
        Pinwheels pinwheels = Pinwheels.of(field);
        PinwheelBaseline baseline = PinwheelBaseline.of(field, 0, 20, 1);
        BufferedImage scaled = MapCharts.density(pinwheels, 9.6, baseline);
        BufferedImage counts = MapCharts.density(pinwheels, Double.NaN, baseline);
        assertTrue(pixels(scaled, Plot.BLUE.getRGB()) > 100, "pi has no line");
        assertEquals(0, pixels(counts, Plot.BLUE.getRGB()), "without a spacing there is no pi");
        assertTrue(pixels(counts, Plot.GREY.getRGB()) > 100, "no histogram");
    }

    @Test
    void orientationsAreInTheirColours() {
        OrientationMap map = OrientationMapTest.ofGabors(4, 6);
        BufferedImage picture = MapCharts.orientations(map);
        for (int range = 0; range < OrientationMap.BINS; range++) {
            int colour = OrientationSheet.colour(Math.PI * (range + 0.5) / OrientationMap.BINS)
                    .getRGB();
            assertNotEquals(0, pixels(picture, colour), "range " + range);
        }
    }
}
