package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignsTest {
    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, Float.MIN_NORMAL, 1e-20f, 0.5f, 1, 3e38f, Float.POSITIVE_INFINITY})
    void signOfSingles(float x) {
        assertEquals(1f, Signs.of(x));
        assertEquals(-1f, Signs.of(-x));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, Double.MIN_NORMAL, 1e-20, 0.5, 1, 1e308, Double.POSITIVE_INFINITY})
    void signOfDoubles(double x) {
        assertEquals(1, Signs.of(x));
        assertEquals(-1, Signs.of(-x));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0})
    void zeroHasNone(double zero) {
        assertTrue(Signs.of(zero) == 0);
        assertTrue(Signs.of((float) zero) == 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = Double.NaN)
    void nanStays(double nan) {
        assertTrue(Double.isNaN(Signs.of(nan)));
        assertTrue(Float.isNaN(Signs.of((float) nan)));
    }
}
