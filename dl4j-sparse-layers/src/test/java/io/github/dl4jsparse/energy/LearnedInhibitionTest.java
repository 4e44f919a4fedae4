package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LearnedInhibition.Direction;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.constraint.InhibitionConstraintTest;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LearnedInhibitionTest {
    @Test
    void gradientIsThatOfTheQuadraticForm() {
        INDArray m = Nd4j.create(new double[][] {{1, 2, 0}, {0, 3, 1}});
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, 3, 3);
        LearnedInhibition.descent(1, 1).gradient(m, 0.5, gradient);
        INDArray expected = Nd4j.create(new double[][] {{0, 1, 0}, {1, 0, 1.5}, {0, 1.5, 0}});
        assertEquals(expected, gradient);
        LearnedInhibition.ascent(1, 1).gradient(m, 0.5, gradient);
        assertEquals(expected.neg(), gradient);
    }

    @Test
    void startIsWithinTheLimits() {
        INDArray s = Nd4j.zeros(DataType.DOUBLE, 6, 6);
        InhibitionMatrix ring = InhibitionMatrix.ring(6, 0, 2, 3);
        LearnedInhibition.ascent(2, 0.7).keepingZeros().start(ring, s);
        InhibitionConstraintTest.assertLimits(s, 2, 0.7, ring);
        LearnedInhibition.ascent(2, 0.7).start(InhibitionMatrix.uniform(6, 0), s);
        assertEquals(0.4, s.getDouble(0, 3), 1e-12, "the same for all");
    }

    @Test
    void matrixOfAParameterIsSymmetricAndNotNegative() {
        INDArray parameter = Samples.gaussian(1, 4, 4);
        InhibitionMatrix s = LearnedInhibition.matrix(parameter);
        double mean = (parameter.getDouble(1, 2) + parameter.getDouble(2, 1)) / 2;
        assertEquals(Math.max(0, mean), s.get(1, 2));
        assertEquals(0, s.get(1, 1));
    }

    @Test
    void jsonRoundTripIsEqual() throws IOException {
        LearnedInhibition learned = new LearnedInhibition(Direction.DESCENT, 2, 0.5, true);
        String json = NeuralNetConfiguration.mapper().writeValueAsString(learned);
        assertEquals(learned, NeuralNetConfiguration.mapper().readValue(json, LearnedInhibition.class), json);
        String bound = NeuralNetConfiguration.mapper().writeValueAsString(learned.columnSumAtMost());
        assertEquals(
                learned.columnSumAtMost(),
                NeuralNetConfiguration.mapper().readValue(bound, LearnedInhibition.class),
                bound);
        // what was saved before there was a choice
        String old = "{\"direction\":\"DESCENT\",\"columnSum\":2.0,\"maxEntry\":0.5,\"keepZeros\":true}";
        assertEquals(learned, NeuralNetConfiguration.mapper().readValue(old, LearnedInhibition.class));
    }

    @Test
    void aMatrixThatDivergedIsRefusedWithTheRemedy() {
        INDArray parameter = Nd4j.ones(DataType.DOUBLE, 3, 3).putScalar(0, 1, Double.NaN);
        String message = assertThrows(IllegalArgumentException.class, () -> LearnedInhibition.matrix(parameter))
                .getMessage();
        assertTrue(message.startsWith("learned inhibition must be finite"), message);
        assertTrue(message.contains("DivergenceGuard") && message.endsWith("got 1 NaN or infinite values"), message);
    }
}
