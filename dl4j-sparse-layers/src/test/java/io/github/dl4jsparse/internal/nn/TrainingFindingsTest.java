package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The texts of findings, with the same number format in every locale. */
class TrainingFindingsTest {
    private final Locale before = Locale.getDefault();

    @BeforeEach
    void commasForPoints() {
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void asItWas() {
        Locale.setDefault(before);
    }

    /** Of six units the first are active. */
    private static INDArray code(int active) {
        INDArray code = Nd4j.zeros(1, 6);
        for (int unit = 0; unit < active; unit++) {
            code.putScalar(unit, 1);
        }
        return code;
    }

    private static CodeHealth health(int active, int examples) {
        CodeHealth health = new CodeHealth(6);
        for (int i = 0; i < examples; i++) {
            health.add(code(active), 1, false);
        }
        return health;
    }

    @Test
    void moreThanAThirdOfTheUnitsDead() {
        assertEquals(Optional.empty(), TrainingFindings.deadUnits(health(4, 5), 5));
        String said = TrainingFindings.deadUnits(health(3, 5), 100).orElseThrow();
        assertTrue(said.startsWith("3 of 6 units were zero on the last 5 examples: "), said);
        assertEquals(Optional.empty(), TrainingFindings.deadUnits(health(0, 5), 5), "all codes are zero");
        assertEquals(Optional.empty(), TrainingFindings.deadUnits(new CodeHealth(6), 5));
    }

    @Test
    void allCodesZero() {
        assertEquals(Optional.empty(), TrainingFindings.zeroCodes(health(1, 5), 5, Double.NaN));
        assertEquals(Optional.empty(), TrainingFindings.zeroCodes(new CodeHealth(6), 5, Double.NaN));
        String said = TrainingFindings.zeroCodes(health(0, 5), 1000, 12.5).orElseThrow();
        assertTrue(
                said.startsWith(
                        "all codes were zero on the last 5 examples (the penalty is 12.5 times the smallest that makes"
                                + " all codes zero at the start): lower the penalty"),
                said);
        CodeHealth died = health(1, 5);
        died.add(code(0), 1, false);
        assertEquals(Optional.empty(), TrainingFindings.zeroCodes(died, 2, Double.NaN));
        said = TrainingFindings.zeroCodes(died, 1, 0.5).orElseThrow();
        assertTrue(said.startsWith("all codes were zero on the last 1 examples: lower the learning rate, "), said);
    }

    @Test
    void energyAboveItsStart() {
        EnergyTrend trend = new EnergyTrend();
        for (double energy : new double[] {1.5, 2.5, 1e6, 3e6}) {
            trend.add(energy);
        }
        String said = TrainingFindings.risenEnergy(trend);
        assertTrue(
                said.startsWith(
                        "the energy rose from 1.500 at first, and 2.000 over the first 2 iterations, to 2.000e+06 over"
                                + " as many latest: lower the learning rate"),
                said);
    }

    @Test
    void penaltyWithoutEffect() {
        assertEquals(Optional.empty(), TrainingFindings.negligiblePenalty(1e-3));
        assertEquals(Optional.empty(), TrainingFindings.negligiblePenalty(Double.NaN));
        String said = TrainingFindings.negligiblePenalty(4.2e-5).orElseThrow();
        assertTrue(said.startsWith("the penalty is 4.2e-05 of the smallest that makes all codes zero"), said);
    }
}
