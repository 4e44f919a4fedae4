package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PatchGridTest {
    private static final INDArray IMAGE = Samples.gaussian(DataType.DOUBLE, 5, 2, 7, 6);

    /** The law: patches of an image average to the image. */
    @ParameterizedTest
    @CsvSource({
        "INSIDE, 1, 1",
        "COVER, 1, 1",
        "COVER, 2, 3",
        "COVER, 3, 2",
        "MIRROR, 1, 1",
        "MIRROR, 2, 2",
        "MIRROR, 3, 3",
        "ZERO, 1, 1",
        "ZERO, 3, 2"
    })
    void averageOfThePatchesIsTheImage(PatchBorder border, int down, int right) {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4, down, right, border);
        assertTrue(grid.coversAll());
        INDArray patches = grid.patches(IMAGE);
        assertArrayEquals(new long[] {grid.count(), 24}, patches.shape());
        INDArray average = grid.average(patches);
        assertArrayEquals(new long[] {2, 7, 6}, average.shape());
        assertEquals(0, Samples.distance(IMAGE, average), 1e-14);
        assertEquals(0, Samples.distance(IMAGE, grid.average(patches.reshape(grid.count(), 2, 3, 4))), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"INSIDE, 1", "COVER, 3", "COVER, 5", "MIRROR, 2", "ZERO, 4"})
    void averageOfThePatchesOfASequenceIsTheSequence(PatchBorder border, int stride) {
        INDArray sequence = Samples.gaussian(DataType.DOUBLE, 6, 3, 23);
        PatchGrid grid = PatchGrid.ofSequence(3, 23, 5, stride, border);
        INDArray patches = grid.patches(sequence);
        assertArrayEquals(new long[] {grid.count(), 15}, patches.shape());
        assertEquals(patches, grid.patches(sequence.reshape(1, 3, 23)));
        INDArray average = grid.average(patches);
        assertArrayEquals(new long[] {3, 23}, average.shape());
        assertEquals(0, Samples.distance(sequence, average), 1e-14);
    }

    @Test
    void patchesOfASequenceByHand() {
        INDArray sequence = Nd4j.createFromArray(new double[][] {{0, 1, 2, 3, 4}, {10, 11, 12, 13, 14}});
        PatchGrid grid = PatchGrid.ofSequence(2, 5, 3, 2, PatchBorder.INSIDE);
        assertEquals(
                Nd4j.createFromArray(new double[][] {{0, 1, 2, 10, 11, 12}, {2, 3, 4, 12, 13, 14}}),
                grid.patches(sequence));
        assertEquals(2, grid.left(1));
        assertArrayEquals(new int[] {1}, grid.known(Nd4j.createFromArray(new double[][] {{0, 1, 1, 1, 1}})));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> grid.patches(sequence.transpose()));
        assertEquals("sequence must be [2, 5], or a batch of one such sequence, got [5, 2]", error.getMessage());
    }

    /** A patch is known where none of its pixels is masked. */
    @Test
    void knownPatchesOfAnImage() {
        INDArray mask = Nd4j.ones(1, 7, 6);
        mask.putScalar(0, 6, 0, 0);
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4);
        int[] known = grid.known(mask);
        assertEquals(14, known.length);
        assertFalse(java.util.Arrays.stream(known).anyMatch(patch -> patch == 12));
    }

    @Test
    void patchesByHand() {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4);
        assertEquals(15, grid.count());
        assertEquals(3, grid.patchesAcross());
        INDArray patches = grid.patches(IMAGE);
        for (int k = 0; k < 15; k++) {
            assertEquals(k / 3, grid.top(k));
            assertEquals(k % 3, grid.left(k));
            for (int v = 0; v < 24; v++) {
                assertEquals(
                        IMAGE.getDouble(v / 12, k / 3 + v % 12 / 4, k % 3 + v % 4),
                        patches.getDouble(k, v),
                        "value " + v + " of patch " + k);
            }
        }
    }

    /** Every pixel counts the same number of patches, by the average of patches that hold their number. */
    @ParameterizedTest
    @EnumSource(
            value = PatchBorder.class,
            names = {"MIRROR", "ZERO"})
    void patchesOverTheEdgeHoldEveryPixelAlikeOften(PatchBorder border) {
        PatchGrid grid = new PatchGrid(1, 4, 5, 2, 3, 1, 1, border);
        assertEquals(5 * 7, grid.count());
        int[] held = new int[20];
        for (int k = 0; k < grid.count(); k++) {
            for (int i = 0; i < 6; i++) {
                int y = grid.top(k) + i / 3;
                int x = grid.left(k) + i % 3;
                if (y >= 0 && y < 4 && x >= 0 && x < 5) {
                    held[y * 5 + x]++;
                }
            }
        }
        for (int count : held) {
            assertEquals(6, count);
        }
    }

    @Test
    void whatLiesOutsideIsMirroredOrZero() {
        INDArray image = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertArrayEquals(
                new double[] {5, 4, 2, 1},
                new PatchGrid(1, 2, 3, 2, 2, 1, 1, PatchBorder.MIRROR)
                        .patches(image, 0, 1)
                        .toDoubleVector());
        assertArrayEquals(
                new double[] {6, 5, 3, 2},
                new PatchGrid(1, 2, 3, 2, 2, 1, 1, PatchBorder.MIRROR)
                        .patches(image, 11, 1)
                        .toDoubleVector());
        assertArrayEquals(
                new double[] {0, 0, 0, 1},
                new PatchGrid(1, 2, 3, 2, 2, 1, 1, PatchBorder.ZERO)
                        .patches(image, 0, 1)
                        .toDoubleVector());
    }

    @Test
    void averageWeighsPatchesAlike() {
        PatchGrid grid = new PatchGrid(1, 1, 3, 1, 2);
        INDArray patches = Nd4j.createFromArray(new float[][] {{1, 2}, {6, 7}});
        INDArray average = grid.average(patches);
        assertEquals(DataType.FLOAT, average.dataType());
        assertArrayEquals(new double[] {1, 4, 7}, average.reshape(3).toDoubleVector());
    }

    @Test
    void imagesOfEveryShapeOrderAndTypeAreTaken() {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4);
        INDArray expected = grid.patches(IMAGE);
        assertEquals(expected, grid.patches(IMAGE.reshape(1, 2, 7, 6)));
        assertEquals(expected, grid.patches(IMAGE.dup('f')));
        assertEquals(expected, grid.patches(IMAGE.permute(2, 1, 0).dup().permute(2, 1, 0)));
        INDArray single = grid.patches(IMAGE.castTo(DataType.FLOAT));
        assertEquals(DataType.FLOAT, single.dataType());
        assertEquals(0, Samples.distance(expected, single), 1e-6);
        INDArray grey = Samples.gaussian(6, 5, 4);
        PatchGrid ofGrey = new PatchGrid(1, 5, 4, 2, 2);
        assertEquals(ofGrey.patches(grey.reshape(1, 5, 4)), ofGrey.patches(grey));
    }

    @Test
    void refusalsSayWhatIsWrong() {
        PatchGrid grid = new PatchGrid(2, 7, 6, 3, 4);
        refused(
                "image must be [2, 7, 6], or a batch of one such image, got [3, 2, 7, 6]",
                () -> grid.patches(Samples.gaussian(1, 3, 2, 7, 6)));
        refused("number of patches must be from 1 to 5, got 6", () -> grid.patches(IMAGE, 10, 6));
        refused("patches must be [count, 24], got [15, 23]", () -> grid.average(Samples.gaussian(1, 15, 23)));
        refused("image height must be at least 8, got 7", () -> new PatchGrid(2, 7, 6, 8, 4));
        refused(
                "stride along the width must be at most the patch's 4 pixels, or the border INSIDE, got 5",
                () -> new PatchGrid(2, 7, 6, 3, 4, 1, 5, PatchBorder.COVER));
        PatchGrid gaps = new PatchGrid(2, 7, 6, 3, 4, 2, 4, PatchBorder.INSIDE);
        assertFalse(gaps.coversAll());
        refused(
                "patches must be such that every pixel is in one (border COVER, or image(background)), got none at row 0, "
                        + "column 4",
                () -> gaps.average(gaps.patches(IMAGE)));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
