package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SmoothedGroupPenaltyTest extends PenaltyContract {
    private static final Groups GROUPS =
            Groups.torus(4, 6, Window.of(3).stride(2).gaussian(1));

    @Override
    protected SmoothedGroupPenalty penalty() {
        return new SmoothedGroupPenalty(0.7, GROUPS, 1e-4);
    }

    @Override
    protected Penalty otherPenalty() {
        return new SmoothedGroupPenalty(0.7, GROUPS, 1e-5);
    }

    @Override
    protected Penalty zeroPenalty() {
        return new SmoothedGroupPenalty(0, GROUPS, 1e-4);
    }

    @Override
    protected int units() {
        return 24;
    }

    @Test
    void valueIsTheSumOfSmoothedNorms() {
        SmoothedGroupPenalty penalty = new SmoothedGroupPenalty(
                2, Groups.of(3, new int[][] {{0, 1}, {1, 2}}, new double[][] {{1, 2}, {3, 4}}), 0.25);
        double expected = 2 * (Math.sqrt(0.25 + 1 + 8) - 0.5 + Math.sqrt(0.25 + 12 + 36) - 0.5);
        assertEquals(expected, penalty.value(Nd4j.create(new double[][] {{1, -2, 3}})), 1e-14);
    }

    @Test
    void littleSmoothingIsTheNormOfTheGroups() {
        INDArray codes = codes(1);
        double exact = new OverlappingGroupPenalty(0.7, GROUPS).value(codes);
        assertEquals(exact, new SmoothedGroupPenalty(0.7, GROUPS, 1e-20).value(codes), 1e-7);
    }

    @Test
    void quadraticLiesAboveThePenaltyAndTouchesIt() {
        for (long seed = 1; seed <= 200; seed++) {
            INDArray code = codes(seed).muli(Math.pow(10, seed % 5 - 3));
            INDArray other = codes(seed + 1000).muli(Math.pow(10, seed % 7 - 4));
            INDArray curvature = penalty().curvature(code);
            assertTrue(curvature.minNumber().doubleValue() >= 0);
            double difference = Samples.dot(curvature, other.mul(other).subi(code.mul(code))) / 2;
            double bound = penalty().value(code) + difference;
            assertTrue(penalty().value(other) <= bound + 1e-12, penalty().value(other) + " > " + bound);
        }
    }

    @Test
    void curvatureTimesTheCodeIsTheGradient() {
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, BATCH, 24);
        penalty().addGradient(codes(3), 1, gradient);
        assertEquals(0, Samples.distance(penalty().curvature(codes(3)).mul(codes(3)), gradient), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-31, Double.NaN, Double.POSITIVE_INFINITY})
    void badSmoothingIsRefused(double smoothing) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new SmoothedGroupPenalty(1, GROUPS, smoothing))
                .getMessage();
        assertEquals("smoothing must be from 1.0E-30 to 1.0E30, got " + smoothing, message);
    }
}
