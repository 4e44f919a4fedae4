package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageOrientationTest {
    private static final float[][] PIXELS = {{1, 2, 3}, {4, 5, 6}};

    @Test
    void turningTwiceByAHalfIsNoTurn() {
        assertArrayEquals(PIXELS, ImageOrientation.turned(ImageOrientation.turned(PIXELS, 3), 3));
        assertArrayEquals(PIXELS, ImageOrientation.turned(ImageOrientation.turned(PIXELS, 6), 8));
        assertArrayEquals(new float[][] {{4, 1}, {5, 2}, {6, 3}}, ImageOrientation.turned(PIXELS, 6));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 9})
    void anOrientationThatExifDoesNotDefineChangesNothing(int orientation) {
        assertSame(PIXELS, ImageOrientation.turned(PIXELS, orientation));
    }
}
