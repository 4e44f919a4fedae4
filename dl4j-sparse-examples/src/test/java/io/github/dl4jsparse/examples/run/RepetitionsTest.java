package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    @Test
    void meanAndDeviationOfAFewValues() {
        List<Double> values = List.of(2.0, 4.0, 9.0);
        assertEquals(5, Repetitions.mean(values), 1e-12);
        // (9 + 1 + 16) / 2
        assertEquals(Math.sqrt(13), Repetitions.deviation(values), 1e-12);
    }

    @Test
    void aSingleValueHasNoDeviationAndNoValuesHaveNoMean() {
        assertEquals(0, Repetitions.deviation(List.of(3.0)), 0);
        assertEquals(Double.NaN, Repetitions.mean(List.of()), 0);
    }

    @Test
    void differencesAreThoseOfTheSamePlace() {
        assertEquals(List.of(1.0, -3.0), Repetitions.differences(List.of(3.0, 1.0), List.of(2.0, 4.0)));
    }
}
