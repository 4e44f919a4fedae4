package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AnomalyExplanationTest {
    @Test
    void keepsNoListOfTheCaller() {
        List<FiredUnit> units = new ArrayList<>(List.of(new FiredUnit(3, -0.5)));
        AnomalyExplanation why = new AnomalyExplanation(1, 2, 3, 4, Nd4j.ones(1, 1, 2), Nd4j.ones(1, 1, 2), units);
        units.clear();
        assertEquals(List.of(new FiredUnit(3, -0.5)), why.units());
        assertThrows(UnsupportedOperationException.class, () -> why.units().clear());
    }
}
