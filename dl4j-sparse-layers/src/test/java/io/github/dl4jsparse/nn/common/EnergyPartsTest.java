package io.github.dl4jsparse.nn.common;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EnergyPartsTest {
    private final INDArray residual = Nd4j.createFromArray(new double[][] {{1, 2}, {0, -4}});
    /** Two rows, as two places, an example. */
    private final INDArray code = Nd4j.createFromArray(new double[][] {{1, 0}, {0, -2}, {3, 0}, {0, 0}});

    @Test
    void termsOfExamplesByHand() {
        EnergyParts parts = new EnergyParts(residual, new L1Penalty(0.5), code, 3, residual.mul(2));
        assertArrayEquals(
                new double[] {2.5 + 1.5 + 30, 8 + 1.5 + 96}, parts.examples().toDoubleVector(), 1e-12);
        assertEquals(new EnergyTerms(10.5, 3, 126), parts.sums());
    }

    @Test
    void squaresOfLargeFloatsDoNotOverflow() {
        INDArray large = Nd4j.createFromArray(new float[][] {{1e30f, 0}, {0, 1}});
        EnergyParts parts = new EnergyParts(large, new L1Penalty(0), Nd4j.zeros(DataType.FLOAT, 2, 1));
        assertEquals(5e59, parts.examples().getDouble(0), 1e53);
        assertEquals(0.5, parts.examples().getDouble(1), 1e-12);
    }

    @Test
    void refusesHalfOfAPrediction() {
        L1Penalty penalty = new L1Penalty(1);
        assertThrows(IllegalArgumentException.class, () -> new EnergyParts(residual, penalty, code, 1, null));
        assertThrows(IllegalArgumentException.class, () -> new EnergyParts(residual, penalty, code, 0, residual));
        assertThrows(IllegalArgumentException.class, () -> new EnergyParts(null, penalty, code));
    }
}
