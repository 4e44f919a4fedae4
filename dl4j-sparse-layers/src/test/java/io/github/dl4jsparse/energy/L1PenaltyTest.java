package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class L1PenaltyTest extends PenaltyContract {
    @Override
    protected Penalty penalty() {
        return new L1Penalty(0.4);
    }

    @Override
    protected Penalty otherPenalty() {
        return new L1Penalty(0.5);
    }

    @Override
    protected Penalty zeroPenalty() {
        return new L1Penalty(0);
    }

    @Test
    void valueIsTheWeightedSumOfMagnitudes() {
        INDArray codes = Nd4j.create(new double[][] {{1, -2, 0}, {0.5, 0, -0.25}});
        assertEquals(0.4 * 3.75, new L1Penalty(0.4).value(codes), 1e-15);
    }

    @Test
    void proxIsTheSoftThreshold() {
        INDArray codes = Nd4j.create(new double[][] {{1, -2, 0.1}, {0.2, -0.2, 0.21}});
        INDArray expected = Nd4j.create(new double[][] {{0.8, -1.8, 0}, {0, 0, 0.01}});
        INDArray shrunk = new L1Penalty(0.4).prox(codes, 0.5);
        for (int i = 0; i < 6; i++) {
            assertEquals(expected.getDouble(i), shrunk.getDouble(i), 1e-15);
        }
    }

    @Test
    void gradientAtAZeroUnitIsZero() {
        INDArray gradient = Nd4j.create(new double[][] {{5, 5, 5}});
        new L1Penalty(0.4).addGradient(Nd4j.create(new double[][] {{2, 0, -3}}), 2, gradient);
        assertEquals(Nd4j.create(new double[][] {{5.8, 5, 4.2}}), gradient);
    }

    @Test
    void thresholdOfStepOneIsTheWeight() {
        assertEquals(0.4, new L1Penalty(0.4).shrinkageThreshold());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY})
    void badWeightIsRefused(double weight) {
        String message = assertThrows(IllegalArgumentException.class, () -> new L1Penalty(weight))
                .getMessage();
        assertEquals("L1 weight must be finite and >= 0, got " + weight, message);
    }
}
