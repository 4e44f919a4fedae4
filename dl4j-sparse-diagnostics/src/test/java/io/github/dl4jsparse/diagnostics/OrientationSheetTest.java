package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrientationSheetTest {
    private static final double[] THETA = {0, Math.PI / 4, Math.PI / 2, 3 * Math.PI / 4, Double.NaN, 1};

    @Test
    void coloursComeBackAfterHalfATurn() {
        assertEquals(OrientationSheet.colour(0.3), OrientationSheet.colour(0.3 + Math.PI));
    }

    @Test
    void drawsEveryUnitInItsColourAndPlace() {
        OrientationField field = OrientationField.ofOrientations(MapGrid.bordered(2, 3), THETA);
        BufferedImage picture = new OrientationSheet(10).drawUnits(field);
        for (int unit = 0; unit < 6; unit++) {
            int rgb = picture.getRGB(unit % 3 * 10 + 5, unit / 3 * 10 + 5);
            Color expected = unit == 4 ? Color.WHITE : OrientationSheet.colour(THETA[unit]);
            assertEquals(expected.getRGB(), rgb, "unit " + unit);
        }
    }

    /** The weaker the field, the paler; a bar of the column spacing below. */
    @Test
    void selectivityIsSaturationAndTheBarAsLongAsTheSpacing() {
        MapGrid grid = MapGrid.bordered(4, 12);
        double[] real = new double[48];
        for (int unit = 0; unit < 48; unit++) {
            real[unit] = unit % 12 / 11.0;
        }
        BufferedImage picture =
                new OrientationSheet(20).draw(OrientationField.of(grid, real, new double[48]), List.of(), 5);
        int before = 0xffffff;
        for (int x = 10; x <= 130; x += 20) {
            int level = picture.getRGB(x, 30) & 0xff;
            assertEquals(true, level <= (before & 0xff), "the blue channel falls towards the dark colour of 0 degrees");
            before = level;
        }
        assertEquals(CyclicPalette.colour(0).getRGB(), picture.getRGB(235, 30));
        int bar = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            bar += picture.getRGB(x, 4 * 20 + 45) == Plot.INK.getRGB() ? 1 : 0;
        }
        assertEquals(100, bar, 12);
    }

    @Test
    void marksTheSignsDifferently() {
        OrientationField field = OrientationField.ofOrientations(MapGrid.bordered(4, 4), new double[16]);
        BufferedImage picture =
                new OrientationSheet(20).draw(field, List.of(new Pinwheel(0.5, 0.5, 1), new Pinwheel(2.5, 2.5, -1)));
        assertEquals(Color.WHITE.getRGB(), picture.getRGB(20, 20));
        assertEquals(Color.BLACK.getRGB(), picture.getRGB(60, 60));
        assertEquals(OrientationSheet.colour(0).getRGB(), picture.getRGB(60, 20));
        assertThrows(IllegalArgumentException.class, () -> new OrientationSheet(0));
    }
}
