package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MirrorBorderTest {
    @Test
    void sidesAreMultiplesOfTheStride() {
        MirrorBorder border = new MirrorBorder(3, 4, 2, 3);
        assertEquals(9, border.outerHeight());
        assertEquals(9, border.outerWidth());
        assertEquals(81, border.pixels());
    }

    @Test
    void theBorderIsTheMirrorImage() {
        float[] plane = {1, 2, 3, 4, 5, 6};
        MirrorBorder border = new MirrorBorder(2, 3, 1, 1);
        float[] outer = new float[1 + border.pixels()];
        border.write(plane, outer, 1);
        assertArrayEquals(new float[] {0, 1, 1, 2, 3, 3, 1, 1, 2, 3, 3, 4, 4, 5, 6, 6, 4, 4, 5, 6, 6}, outer);
        float[] whole = new float[border.pixels()];
        border.write(plane, whole, 0);
        assertArrayEquals(new float[] {11, 12, 13, 14, 15, 16}, border.inside(whole, 10));
    }

    @Test
    void bordersMayBeWiderThanThePlane() {
        int[] found = new int[9];
        for (int i = 0; i < found.length; i++) {
            found[i] = MirrorBorder.mirrored(i - 4, 2);
        }
        assertArrayEquals(new int[] {0, 1, 1, 0, 0, 1, 1, 0, 0}, found);
    }
}
