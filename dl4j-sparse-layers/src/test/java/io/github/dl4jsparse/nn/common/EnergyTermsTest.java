package io.github.dl4jsparse.nn.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EnergyTermsTest {
    @Test
    void totalIsTheSumOfTheTerms() {
        assertEquals(1.75, new EnergyTerms(1.5, 0.25).total());
    }

    @Test
    void noneIsZero() {
        assertEquals(new EnergyTerms(0, 0), EnergyTerms.NONE);
        assertEquals(0, EnergyTerms.NONE.total());
    }

    @Test
    void badTermMakesTheTotalBad() {
        assertTrue(Double.isNaN(new EnergyTerms(1, Double.NaN).total()));
        assertTrue(Double.isNaN(new EnergyTerms(Double.NaN, 1).total()));
    }
}
