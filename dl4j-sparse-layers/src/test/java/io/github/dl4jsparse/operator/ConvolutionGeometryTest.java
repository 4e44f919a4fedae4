package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConvolutionGeometryTest {
    private static ConvolutionGeometry same(int side, int kernel, int stride) {
        return ConvolutionGeometry.same(
                1, new int[] {side, side + 1}, new int[] {kernel, kernel}, new int[] {stride, stride});
    }

    private static ConvolutionGeometry padded(int height, int width, int kernel, int stride, int padding) {
        return ConvolutionGeometry.padded(
                1, new int[] {height, width}, new int[] {kernel, kernel}, new int[] {stride, stride}, new int[] {
                    padding, padding
                });
    }

    @Test
    void sameHasAsManyPlacesAsTheStrideMakes() {
        ConvolutionGeometry g = same(5, 3, 1);
        assertEquals(5, g.outHeight());
        assertEquals(6, g.outWidth());
        assertEquals(1, g.top());
        g = same(5, 3, 2);
        assertEquals(3, g.outHeight());
        assertEquals(3, g.outWidth());
        assertEquals(1, g.top());
        // an even kernel has its odd row of zeros below, as in DL4J
        assertEquals(1, same(4, 4, 1).top());
    }

    @Test
    void paddedTakesThePatchesThatFit() {
        ConvolutionGeometry g = padded(6, 7, 3, 2, 0);
        assertEquals(2, g.outHeight());
        assertEquals(3, g.outWidth());
        assertEquals(3, padded(6, 7, 3, 2, 1).outHeight());
    }

    @Test
    void coverageIsTheShareOfPatchesThatSeeAPixel() {
        double[] third = {1.0 / 3, 2.0 / 3, 1, 2.0 / 3, 1.0 / 3};
        ConvolutionGeometry inside = padded(5, 3, 3, 1, 0);
        double[] expected = new double[15];
        double[] columns = {1.0 / 3, 1.0 / 3, 1.0 / 3};
        for (int i = 0; i < 15; i++) {
            expected[i] = third[i / 3] * columns[i % 3];
        }
        assertArrayEquals(expected, inside.coverage(), 1e-15);
        // with stride 2 and kernel 2 every pixel has one patch on any image
        assertArrayEquals(new double[] {1, 1, 1, 1, 0}, row(padded(2, 5, 2, 2, 0)), 1e-15);
        // zeros around the image give border pixels the patches that begin outside
        assertArrayEquals(new double[] {2.0 / 3, 1, 1, 2.0 / 3}, row(padded(1, 4, 3, 1, 1)), 1e-15);
    }

    private static double[] row(ConvolutionGeometry g) {
        double[] row = java.util.Arrays.copyOf(g.coverage(), g.width());
        double first = java.util.Arrays.stream(row).max().orElseThrow();
        return java.util.Arrays.stream(row).map(c -> c / first).toArray();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused(
                "kernel height must be at most the image's 4 with its padding; take a smaller kernel or mode Same, got 5",
                () -> padded(4, 8, 5, 1, 0));
        refused(
                "stride height must be at most the kernel's 2, or some pixels are in no patch, got 3",
                () -> padded(4, 8, 2, 3, 0));
        refused("padding height must be from 0 to less than the kernel's 3, got 3", () -> padded(4, 8, 3, 1, 3));
        refused("kernel height must be at least 1, got 0", () -> same(4, 0, 1));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
