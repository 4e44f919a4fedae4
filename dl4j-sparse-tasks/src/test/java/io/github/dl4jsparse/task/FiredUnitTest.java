package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiredUnitTest {
    @Test
    void isItsNumbers() {
        assertEquals("FiredUnit[unit=2, activity=-0.25]", new FiredUnit(2, -0.25).toString());
    }
}
