package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.25", "[0.25]", "[0.25,1.0E-17,3.0]"})
    void jsonIsANumberOrAList(String json) throws IOException {
        Weights weights = NeuralNetConfiguration.mapper().readValue(json, Weights.class);
        String back = NeuralNetConfiguration.mapper().writeValueAsString(weights);
        assertEquals(json, back.replaceAll("\\s", ""));
    }

    @Test
    void oneWeightIsNotOneUnit() {
        assertNotEquals(Weights.one("w", 0.5), Weights.each("w", 0.5));
        assertEquals(0, Weights.one("w", 0.5).units());
        assertEquals(1, Weights.each("w", 0.5).units());
        assertEquals(0.5, Weights.one("w", 0.5).of(7));
    }

    @Test
    void sumsAreTakenUnitByUnit() {
        Weights each = Weights.each("w", 1, 2);
        assertEquals(Weights.one("w", 3), Weights.one("w", 1).plus(Weights.one("w", 2)));
        assertEquals(Weights.each("w", 4, 5), Weights.one("w", 3).plus(each));
        assertEquals(Weights.each("w", 2, 4), each.plus(each));
        assertThrows(IllegalArgumentException.class, () -> each.plus(Weights.each("w", 1, 2, 3)));
    }

    @Test
    void argumentsAndResultsAreCopies() {
        double[] values = {1, 2};
        Weights weights = Weights.each("w", values);
        values[0] = 9;
        weights.toArray()[1] = 9;
        assertArrayEquals(new double[] {1, 2}, weights.toArray());
        assertEquals("[1.0, 2.0]", weights.toString());
        assertEquals("0.5", Weights.one("w", 0.5).toString());
    }

    @Test
    void badWeightIsNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> Weights.each("L1 weight", 1, -2))
                .getMessage();
        assertEquals("L1 weight of unit 1 must be finite and >= 0, got -2.0", message);
        assertThrows(IllegalArgumentException.class, () -> Weights.each("L1 weight"));
    }

    @Test
    void weightsOfSomeUnitsKeepTheirOrder() {
        Weights each = Weights.each("w", 1, 2, 3, 4);
        assertEquals(Weights.each("w", 2, 4), each.restrictedTo(new int[] {1, 3}));
        assertEquals(Weights.one("w", 3), Weights.one("w", 3).restrictedTo(new int[] {1, 3}));
        assertThrows(IllegalArgumentException.class, () -> each.restrictedTo(new int[] {1, 4}));
    }
}
