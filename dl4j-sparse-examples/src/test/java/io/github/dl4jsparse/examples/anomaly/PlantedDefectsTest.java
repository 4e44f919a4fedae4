package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlantedDefectsTest {
    private static PlantedDefects planted(long seed) {
        float[][][] good = new float[10][96][96];
        for (float[][] image : good) {
            for (float[] row : image) {
                Arrays.fill(row, 0.5f);
            }
        }
        return PlantedDefects.in(good, seed);
    }

    /** Of 9216 pixels 92 are a hundredth. */
    @Test
    void aDefectHasAHundredthOfTheAreaAndIsWhereTheMaskSays() {
        PlantedDefects defects = planted(1);
        assertEquals(30, defects.images().size(0));
        float[] pixels = defects.images().dup('c').data().asFloat();
        for (int i = 0; i < 30; i++) {
            int marked = 0;
            for (int k = 0; k < 9216; k++) {
                marked += defects.masks()[i][k] ? 1 : 0;
                double change = Math.abs(pixels[i * 9216 + k] - 0.5);
                assertTrue(defects.masks()[i][k] ? change > 0.2 : change < 0.23, defects.kinds()[i] + " " + change);
            }
            assertEquals(92, marked, 20, defects.kinds()[i].toString());
        }
    }

    @Test
    void theSameSeedPlantsTheSame() {
        assertEquals(planted(3).images(), planted(3).images());
        assertTrue(!planted(3).images().equals(planted(4).images()));
    }
}
