package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FilterSheetTest {
    /** Three atoms of 2 x 3 pixels; the last is zero. */
    private static INDArray dictionary() {
        return Nd4j.create(new double[][] {{4, 0.5, 0}, {-4, 1, 0}, {2, 0, 0}, {0, -1, 0}, {-2, 0, 0}, {1, 0, 0}});
    }

    private static int grey(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        assertEquals(rgb & 0xff, rgb >> 8 & 0xff);
        assertEquals(rgb & 0xff, rgb >> 16 & 0xff);
        return rgb & 0xff;
    }

    @Test
    void hasRoomForEveryFilterAndTheGaps() {
        FilterSheet sheet = new FilterSheet(2, 3, 2, 4);
        BufferedImage image = sheet.draw(dictionary());
        assertEquals(2, sheet.gap());
        assertEquals(2 + 2 * (3 * 4 + 2), image.getWidth());
        assertEquals(2 + 2 * (2 * 4 + 2), image.getHeight());
    }

    @Test
    void scalesEachFilterAboutMiddleGrey() {
        BufferedImage image = new FilterSheet(2, 3, 2, 1).draw(dictionary());
        int[][] first = {{255, 0, 191}, {128, 64, 159}};
        int[][] second = {{191, 255, 128}, {0, 128, 128}};
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(first[y][x], grey(image, 1 + x, 1 + y));
                assertEquals(second[y][x], grey(image, 5 + x, 1 + y));
                assertEquals(128, grey(image, 1 + x, 4 + y), "a zero atom");
                assertEquals(255, grey(image, 5 + x, 4 + y), "an empty place");
            }
        }
        assertEquals(255, grey(image, 4, 1), "between two filters");
    }

    @Test
    void enlargesPixelsToSquaresInTheGivenOrder() {
        BufferedImage image = new FilterSheet(2, 3, 1, 3).draw(dictionary(), new int[] {2, 0});
        assertEquals(128, grey(image, 1, 1));
        int top = 1 + 2 * 3 + 1;
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
                assertEquals(255, grey(image, 1 + x, top + y));
                assertEquals(0, grey(image, 4 + x, top + y));
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        FilterSheet sheet = new FilterSheet(2, 2, 2, 1);
        assertEquals(
                "dictionary must be a matrix with 2 x 2 rows, got [6, 3]",
                assertThrows(IllegalArgumentException.class, () -> sheet.draw(dictionary()))
                        .getMessage());
        FilterSheet fits = new FilterSheet(2, 3, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> fits.draw(dictionary(), new int[] {3}));
        assertThrows(IllegalArgumentException.class, () -> fits.draw(dictionary(), new int[0]));
        assertThrows(IllegalArgumentException.class, () -> new FilterSheet(2, 3, 2, 0));
    }
}
