package io.github.dl4jsparse.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpatialWindowTest {
    /** The oracle is the formula, one number after the other; the last windows leave positions over. */
    @ParameterizedTest
    @CsvSource({"2,2,2,2", "3,2,1,2", "1,3,2,1", "5,7,1,1", "1,1,2,3"})
    void sumIsThatOfEveryWindow(int height, int width, int strideHeight, int strideWidth) {
        SpatialWindow window = new SpatialWindow(height, width, strideHeight, strideWidth);
        INDArray x = Samples.gaussian(1, 2, 5, 7, 3);
        INDArray sums = window.sum(x);
        assertArrayEquals(new long[] {2, window.positionsDown(5), window.positionsAcross(7), 3}, sums.shape());
        for (int b = 0; b < 2; b++) {
            for (int y = 0; y < window.positionsDown(5); y++) {
                for (int u = 0; u < window.positionsAcross(7); u++) {
                    for (int k = 0; k < 3; k++) {
                        double sum = 0;
                        for (int i = 0; i < height; i++) {
                            for (int j = 0; j < width; j++) {
                                sum += x.getDouble(b, y * strideHeight + i, u * strideWidth + j, k);
                            }
                        }
                        assertEquals(sum, sums.getDouble(b, y, u, k), 1e-12);
                    }
                }
            }
        }
        assertEquals(
                0, Samples.distance(sums, window.sum(x.castTo(DataType.FLOAT)).castTo(DataType.DOUBLE)), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"2,2,2,2", "3,2,1,2", "1,3,2,1", "1,1,2,3"})
    void spreadIsTheAdjointOfTheSum(int height, int width, int strideHeight, int strideWidth) {
        SpatialWindow window = new SpatialWindow(height, width, strideHeight, strideWidth);
        INDArray x = Samples.gaussian(1, 2, 5, 7, 3);
        INDArray y = Samples.gaussian(2, 2, window.positionsDown(5), window.positionsAcross(7), 3);
        double outside = Samples.dot(y, window.sum(x));
        assertTrue(Math.abs(outside) > 0.01);
        assertEquals(outside, Samples.dot(window.sumAdjoint(y, 5, 7), x), 1e-10);
    }

    @Test
    void singlePlacesAreTheMapsThemselves() {
        INDArray x = Samples.gaussian(1, 2, 5, 7, 3);
        assertSame(x, SpatialWindow.SINGLE_POSITION.sum(x));
        assertSame(x, SpatialWindow.SINGLE_POSITION.sumAdjoint(x, 5, 7));
        assertEquals(SpatialWindow.SINGLE_POSITION, SpatialWindow.square(1, 1));
    }

    @Test
    void windowsThatDoNotFitAreRefused() {
        refused("window height must be at least 1, got 0", () -> new SpatialWindow(0, 1, 1, 1));
        refused("stride width must be at least 1, got -1", () -> new SpatialWindow(1, 1, 1, -1));
        refused("window width must be at most the width 3 of the maps, got 4", () -> SpatialWindow.square(4, 1)
                .positionsAcross(3));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
