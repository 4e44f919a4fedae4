package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

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

    @Test
    void oneWeightIsANumberInJson() throws IOException {
        String json = NeuralNetConfiguration.mapper().writeValueAsString(new L1Penalty(0.4));
        assertEquals(
                "{\"@class\":\"io.github.dl4jsparse.energy.L1Penalty\",\"weight\":0.4}", json.replaceAll("\\s", ""));
    }

    @Test
    void equalWeightsOfAllUnitsAreOneWeight() {
        INDArray codes = Samples.gaussian(1, 4, 3);
        L1Penalty each = new L1Penalty(new double[] {0.4, 0.4, 0.4});
        assertEquals(new L1Penalty(0.4).value(codes), each.value(codes), 1e-14);
        assertEquals(new L1Penalty(0.4).prox(codes.dup(), 1), each.prox(codes.dup(), 1));
        assertEquals(0, each.shrinkageThreshold());
        assertEquals(3, each.units());
    }

    @Test
    void nonNegativePenaltyForbidsNegativeUnits() {
        L1Penalty penalty = new L1Penalty(0.4).asNonNegative();
        INDArray codes = Nd4j.create(new double[][] {{1, -1e-9}, {1, 2}});
        assertEquals(Double.POSITIVE_INFINITY, penalty.values(codes).getDouble(0));
        assertEquals(1.2, penalty.values(codes).getDouble(1), 1e-15);
        assertEquals(
                Double.POSITIVE_INFINITY,
                penalty.subdifferentialDistance(codes, codes).getDouble(0));
        assertEquals(Nd4j.create(new double[][] {{0.8, 0}, {0.8, 1.8}}), penalty.prox(codes.dup(), 0.5));
        assertEquals(Nd4j.create(new double[][] {{1, 0}, {1, 2}}), penalty.prox(codes.dup(), 0));
    }

    @Test
    void weightOfZeroHasNoDualNorm() {
        INDArray codes = Samples.gaussian(1, 4, 2);
        assertTrue(new L1Penalty(0).dualNorms(codes).isEmpty());
        assertTrue(new L1Penalty(new double[] {1, 0}).dualNorms(codes).isEmpty());
    }

    @Nested
    class EachUnit extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            return new L1Penalty(new double[] {0.1, 0.5, 1, 0.4, 2, 0.3});
        }

        @Override
        protected Penalty otherPenalty() {
            return new L1Penalty(new double[] {0.1, 0.5, 1, 0.4, 2, 0.31});
        }
    }

    @Nested
    class NonNegative extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            return new L1Penalty(0.4).asNonNegative();
        }

        @Override
        protected Penalty otherPenalty() {
            return new L1Penalty(0.4);
        }

        @Override
        protected INDArray inDomain(INDArray codes) {
            return Transforms.abs(codes, true);
        }
    }
}
