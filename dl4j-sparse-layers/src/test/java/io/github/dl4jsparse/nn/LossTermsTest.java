package io.github.dl4jsparse.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.nn.LossTerms.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossTermsTest {
    @Test
    void totalIsTheSumOfTheTerms() {
        assertEquals(1.75, LossTerms.of(1.5, 0.25).total());
        assertEquals(5.75, LossTerms.of(1.5, 0.25).with("rate", 4).total());
    }

    @Test
    void noneHasNoTermsAndChangesNoSum() {
        assertEquals(List.of(), LossTerms.NONE.names());
        assertEquals(0, LossTerms.NONE.total());
        LossTerms terms = LossTerms.of(1.5, 0.25);
        assertEquals(terms, LossTerms.NONE.plus(terms));
        assertEquals(terms, terms.plus(LossTerms.NONE));
        assertEquals(LossTerms.NONE, LossTerms.NONE.times(3));
    }

    @Test
    void namesKeepTheirOrderAndEachHasItsValue() {
        LossTerms terms = LossTerms.of(3, 2).with(LossTerms.PREDICTION, 0).with("rate", 1);
        assertEquals(List.of("reconstruction", "penalty", "prediction", "rate"), terms.names());
        assertEquals(3, terms.reconstruction());
        assertEquals(2, terms.penalty());
        assertEquals(1, terms.value("rate"));
        assertTrue(terms.has(LossTerms.PREDICTION), "a term of value 0 is present");
        assertFalse(terms.has("dead units"));
        assertEquals(0, terms.value("dead units"));
        assertEquals(
                List.of("reconstruction", "penalty", "rate"),
                terms.without("prediction").names());
        assertEquals(terms, terms.without("dead units"));
        assertNotEquals(terms, terms.without("prediction"));
    }

    @Test
    void sumsGoByNameAndNotByPlace() {
        LossTerms first = LossTerms.of("a", 1).with("b", 20);
        LossTerms second = LossTerms.of("b", 3).with("c", 400).with("a", 0.5);
        assertEquals(LossTerms.of("a", 1.5).with("b", 23).with("c", 400), first.plus(second));
        assertEquals(LossTerms.of("a", -2).with("b", -40), first.times(-2));
    }

    /** Blocks are summed in their order: each term as a loop over numbers would have it. */
    @Test
    void sumsOfManyAreThoseOfALoopToTheBit() {
        Random random = new Random(3);
        double[] expected = new double[3];
        LossTerms sum = LossTerms.NONE;
        for (int block = 0; block < 57; block++) {
            double[] values = random.doubles(3).toArray();
            for (int i = 0; i < 3; i++) {
                expected[i] += values[i];
            }
            sum = sum.plus(LossTerms.of(values[0], values[1]).with(LossTerms.PREDICTION, values[2]));
        }
        assertEquals(LossTerms.of(expected[0], expected[1]).with(LossTerms.PREDICTION, expected[2]), sum);
        assertEquals(expected[0] + expected[1] + expected[2], sum.total());
    }

    @Test
    void badTermMakesTheTotalBad() {
        assertTrue(Double.isNaN(LossTerms.of(1, Double.NaN).total()));
        assertTrue(Double.isNaN(LossTerms.of(Double.NaN, 1).total()));
    }

    @Test
    void keepsACopy() {
        List<Term> terms = new ArrayList<>(List.of(new Term("a", 1)));
        LossTerms kept = new LossTerms(terms);
        terms.add(new Term("b", 2));
        assertEquals(List.of("a"), kept.names());
    }

    @Test
    void refusesNamesThatAreMissingOrThereTwice() {
        assertThrows(IllegalArgumentException.class, () -> new Term(null, 1));
        assertThrows(IllegalArgumentException.class, () -> new LossTerms(null));
        LossTerms terms = LossTerms.of(1, 2);
        assertEquals(
                "names of loss terms must be different, got \"penalty\" twice",
                assertThrows(IllegalArgumentException.class, () -> terms.with("penalty", 3))
                        .getMessage());
        List<Term> twice = Arrays.asList(new Term("a", 1), new Term("a", 1));
        assertThrows(IllegalArgumentException.class, () -> new LossTerms(twice));
    }
}
