package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.InhibitionMatrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class CoActivationTest {
    private static final CoActivation SHARES =
            CoActivation.of(Nd4j.create(new double[][] {{1, -2, 0}, {0.5, 0, 0}, {3, 1e-9, -1}, {0, 0, 2}}));

    @Test
    void sharesAreOfCodesWithBothUnits() {
        assertEquals(0.75, SHARES.share(0, 0));
        assertEquals(0.5, SHARES.share(0, 1));
        assertEquals(0.25, SHARES.share(2, 0));
        assertEquals(0.25, SHARES.share(1, 2));
    }

    @Test
    void meansAreOverPairsInsideAndOutsideOfTheZeros() {
        InhibitionMatrix s = InhibitionMatrix.of(new double[][] {{0, 0, 2}, {0, 0, 1}, {2, 1, 0}});
        assertEquals(0.5, SHARES.mean(s, true));
        assertEquals(0.25, SHARES.mean(s, false));
        assertEquals(Double.NaN, SHARES.mean(InhibitionMatrix.uniform(3, 1), true));
        assertThrows(IllegalArgumentException.class, () -> SHARES.mean(InhibitionMatrix.uniform(4, 1), true));
    }

    @Test
    void recoveryIsTheAreaUnderTheCurve() {
        InhibitionMatrix truth = InhibitionMatrix.ring(6, 1, 2, 1);
        assertEquals(1, CoActivation.zeroRecovery(truth, InhibitionMatrix.ring(6, 1, 2, 0.1)));
        assertEquals(0.5, CoActivation.zeroRecovery(truth, InhibitionMatrix.uniform(6, 3)));
        // all six inhibiting pairs are zero; of the nine others six are not
        assertEquals(0.5 * 3 / 9, CoActivation.zeroRecovery(truth, InhibitionMatrix.ring(6, 0, 1, 1)), 1e-15);
        assertEquals(Double.NaN, CoActivation.zeroRecovery(InhibitionMatrix.uniform(6, 3), truth));
        assertThrows(
                IllegalArgumentException.class, () -> CoActivation.zeroRecovery(truth, InhibitionMatrix.uniform(5, 1)));
    }

    @Test
    void onlyMatricesHaveShares() {
        assertThrows(IllegalArgumentException.class, () -> CoActivation.of(Nd4j.ones(DataType.FLOAT, 2, 3, 4)));
    }
}
