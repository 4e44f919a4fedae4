package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SignTestTest {
    /** 9 of 10: twice 11 of 1024; 3 of 3: twice an eighth. */
    @Test
    void countsTheOutcomesOfAFairCoin() {
        assertEquals(22.0 / 1024, SignTest.p(9, 1), 1e-12);
        assertEquals(22.0 / 1024, SignTest.p(1, 9), 1e-12);
        assertEquals(0.25, SignTest.p(3, 0), 1e-12);
        assertEquals(1, SignTest.p(5, 5), 1e-12);
        assertEquals(1, SignTest.p(0, 0), 0);
    }

    /** Where the binomial coefficients are beyond the largest double: near the normal distribution's 0.0455 at two deviations. */
    @Test
    void manyPairs() {
        assertEquals(0.0455, SignTest.p(5100, 4900), 0.002);
        assertTrue(SignTest.p(10000, 0) < 1e-300);
    }
}
