package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PatchAverageTest {
    private static final INDArray IMAGE = Samples.gaussian(DataType.DOUBLE, 5, 2, 7, 6);

    @Test
    void partsOfThePatchesAreAllOfThem() {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4, 2, 1, PatchBorder.MIRROR);
        PatchAverage average = new PatchAverage(grid);
        for (int first = 0; first < grid.count(); first += 7) {
            int count = Math.min(7, grid.count() - first);
            average.add(first, grid.patches(IMAGE, first, count));
        }
        assertEquals(0, Samples.distance(IMAGE, average.image()), 1e-14);
        assertEquals(grid.average(grid.patches(IMAGE)), average.image());
    }

    @Test
    void backgroundShowsWhereNoPatchIs() {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4, 3, 4, PatchBorder.INSIDE);
        PatchAverage average = new PatchAverage(grid).add(0, grid.patches(IMAGE));
        INDArray filled = average.image(Nd4j.zeros(DataType.DOUBLE, 2, 7, 6));
        assertEquals(0, Samples.distance(IMAGE, average.image(IMAGE)), 1e-14);
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 6; x++) {
                    double expected = y < 6 && x < 4 ? IMAGE.getDouble(c, y, x) : 0;
                    assertEquals(expected, filled.getDouble(c, y, x), 1e-14);
                }
            }
        }
        String message = assertThrows(IllegalArgumentException.class, () -> average.image(Nd4j.zeros(7, 6)))
                .getMessage();
        assertTrue(message.startsWith("background must be an image [2, 7, 6], got [7, 6]"), message);
    }
}
