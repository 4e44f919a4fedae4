package io.github.dl4jsparse.nn.constraint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.Samples;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InhibitionParameterTest {
    private static final LearnedInhibition LEARNED = LearnedInhibition.descent(1, 0.6);
    private static final LateralInhibitionPenalty PENALTY =
            new LateralInhibitionPenalty(0.4, InhibitionMatrix.ring(5, 0, 1, 3), new L1Penalty(0.1));
    private static final InhibitionParameter PARAMETER = new InhibitionParameter("S", LEARNED, PENALTY);

    private static Map<String, INDArray> zeros() {
        return Map.of("S", Nd4j.zeros(DataType.DOUBLE, PARAMETER.shape()), "D", Nd4j.ones(DataType.DOUBLE, 2, 2));
    }

    @Test
    void startIsWithinTheLimitsAndThePenaltyHasIt() {
        assertArrayEquals(new long[] {5, 5}, PARAMETER.shape());
        Map<String, INDArray> params = zeros();
        PARAMETER.start(params);
        InhibitionConstraintTest.assertLimits(params.get("S"), 1, 0.6, null);
        LateralInhibitionPenalty penalty = PARAMETER.penalty(params);
        assertEquals(PENALTY.with(LearnedInhibition.matrix(params.get("S"))), penalty);
        assertEquals(0.4, penalty.weight());
        assertEquals(Nd4j.ones(DataType.DOUBLE, 2, 2), params.get("D"));
    }

    @Test
    void gradientIsTheDerivativeOfThePenalty() {
        INDArray code = Samples.gaussian(1, 3, 5);
        Map<String, INDArray> params =
                Map.of("S", Samples.gaussian(2, 5, 5).muli(0.1).addi(1));
        Map<String, INDArray> gradients = zeros();
        PARAMETER.writeGradient(code, 0.7, gradients);
        double step = 1e-5;
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                double old = params.get("S").getDouble(i, j);
                params.get("S").putScalar(i, j, old + step);
                double above = PARAMETER.penalty(params).value(code);
                params.get("S").putScalar(i, j, old - step);
                double below = PARAMETER.penalty(params).value(code);
                params.get("S").putScalar(i, j, old);
                double expected = 0.7 * (above - below) / (2 * step);
                assertEquals(expected, gradients.get("S").getDouble(i, j), 1e-8, i + ", " + j);
            }
        }
        PARAMETER.writeGradient(null, 0, gradients);
        assertEquals(0, gradients.get("S").norm2Number().doubleValue());
    }

    @Test
    void constraintKeepsTheLimits() {
        assertEquals(LEARNED.constraint(PENALTY.inhibition(), "S"), PARAMETER.constraint());
    }

    @Test
    void whatCanNotBeLearnedIsRefused() {
        assertDoesNotThrow(() -> InhibitionParameter.requireLearnable(LEARNED, PENALTY));
        for (Penalty bad : new Penalty[] {
            new L1Penalty(1),
            PENALTY.with(InhibitionMatrix.uniform(5, 1).withDiagonal(1)),
            PENALTY.with(InhibitionMatrix.uniform(2, 1))
        }) {
            assertThrows(
                    IllegalArgumentException.class, () -> InhibitionParameter.requireLearnable(LEARNED, bad), "" + bad);
        }
    }
}
