package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LateralInhibitionPenaltyTest extends PenaltyContract {
    private static final InhibitionMatrix MATRIX =
            InhibitionMatrix.annulus(2, 3, 0, 1.2, 0.8).withDiagonal(new double[] {0, 0.3, 0, 1, 0.2, 0});
    private static final L1Penalty L1 = new L1Penalty(new double[] {0.1, 0, 0.3, 0.2, 0.5, 0});

    @Override
    protected LateralInhibitionPenalty penalty() {
        return new LateralInhibitionPenalty(0.7, MATRIX, L1);
    }

    @Override
    protected Penalty otherPenalty() {
        return new LateralInhibitionPenalty(0.7, MATRIX.withDiagonal(0.3), L1);
    }

    @Override
    protected Penalty zeroPenalty() {
        return new LateralInhibitionPenalty(0, MATRIX);
    }

    @Test
    void valueIsTheQuadraticFormOfTheMagnitudes() {
        InhibitionMatrix s = InhibitionMatrix.of(new double[][] {{0, 2, 0}, {2, 1, 3}, {0, 3, 0}});
        // 2 * 2 * 1 * 4 + 1 * 16 + 2 * 3 * 4 * 0.5 = 44, and 0.1 * 5.5
        INDArray code = Nd4j.create(new double[][] {{1, -4, 0.5}});
        assertEquals(22, new LateralInhibitionPenalty(0.5, s).value(code), 1e-14);
        assertEquals(22.55, new LateralInhibitionPenalty(0.5, s, new L1Penalty(0.1)).value(code), 1e-14);
    }

    @Test
    void oneUnitAloneIsFree() {
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(3, InhibitionMatrix.uniform(6, 1));
        assertEquals(0, penalty.value(Nd4j.create(new double[][] {{0, 0, -5, 0, 0, 0}})));
        assertEquals(3 * 2 * 10, penalty.value(Nd4j.create(new double[][] {{0, 2, -5, 0, 0, 0}})), 1e-12);
    }

    @Test
    void inhibitionGrowsWithTheSquareOfTheCode() {
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(0.7, MATRIX);
        double value = penalty.value(codes(1));
        assertEquals(9 * value, penalty.value(codes(1).muli(-3)), 1e-12 * value);
    }

    @Test
    void plusL1IsOnePenalty() {
        LateralInhibitionPenalty plain = new LateralInhibitionPenalty(0.7, MATRIX);
        Penalty sum = SumPenalty.of(L1, plain);
        assertEquals(penalty(), sum);
        assertEquals(penalty(), SumPenalty.of(plain, L1));
        assertEquals(plain.value(codes(2)) + L1.value(codes(2)), sum.value(codes(2)), 1e-12);
        assertEquals(penalty(), otherMatrixAndBack());
    }

    private static LateralInhibitionPenalty otherMatrixAndBack() {
        LateralInhibitionPenalty penalty = new LateralInhibitionPenalty(0.7, MATRIX, L1);
        LateralInhibitionPenalty other = penalty.with(InhibitionMatrix.uniform(6, 2));
        assertNotEquals(penalty, other);
        return other.with(MATRIX);
    }

    @Test
    void gradientIsTheOnlySubgradientOfACodeWithoutZeros() {
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, BATCH, 6);
        penalty().addGradient(codes(3), 1, gradient);
        INDArray change = Samples.gaussian(4, BATCH, 6);
        INDArray distances = penalty().subdifferentialDistance(codes(3), gradient.add(change));
        assertEquals(0, Samples.distance(change.norm2(true, 1), distances), 1e-12);
    }

    @Test
    void zeroUnitsTakeSlopesUpToTheirThreshold() {
        LateralInhibitionPenalty penalty =
                new LateralInhibitionPenalty(0.5, InhibitionMatrix.uniform(3, 2), new L1Penalty(0.1));
        // thresholds of units 1 and 2: 2 * 0.5 * 2 * 3 + 0.1 = 6.1; of unit 0: 0.1
        INDArray code = Nd4j.create(new double[][] {{-3, 0, 0}});
        double[][] points = {{-0.1, 6.1, -6}, {-0.1, 6.2, 0}, {0.4, 0, -7.3}};
        double[] expected = {0, 0.1, Math.hypot(0.5, 1.2)};
        for (int k = 0; k < 3; k++) {
            INDArray point = Nd4j.create(new double[][] {points[k]});
            assertEquals(
                    expected[k], penalty.subdifferentialDistance(code, point).getDouble(0), 1e-12);
        }
        LateralInhibitionPenalty nonNegative =
                new LateralInhibitionPenalty(0.5, InhibitionMatrix.uniform(3, 2), new L1Penalty(0.1).asNonNegative());
        INDArray down = Nd4j.create(new double[][] {{0.1, -50, 6.4}});
        assertEquals(0.3, nonNegative.subdifferentialDistance(code.neg(), down).getDouble(0), 1e-12);
        assertEquals(
                Double.POSITIVE_INFINITY,
                nonNegative.subdifferentialDistance(code, down).getDouble(0));
        assertEquals(Double.POSITIVE_INFINITY, nonNegative.value(code));
    }

    @Test
    void hessianIsThatOfTheActiveUnits() {
        INDArray active = Samples.gaussian(5, BATCH, 6).gt(0).castTo(DataType.DOUBLE);
        INDArray codes = codes(6).muli(active);
        INDArray direction = codes(7).muli(active);
        INDArray product = Nd4j.zeros(DataType.DOUBLE, BATCH, 6);
        penalty().addHessianProduct(codes, direction, product);
        INDArray expected = Nd4j.zeros(DataType.DOUBLE, BATCH, 6);
        penalty().addGradient(codes.add(direction.mul(1e-6)), 0.5e6, expected);
        penalty().addGradient(codes.sub(direction.mul(1e-6)), -0.5e6, expected);
        assertTrue(expected.norm2Number().doubleValue() > 0.1);
        assertEquals(0, Samples.distance(expected.mul(active), product), 1e-8);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badWeightIsRefused(double weight) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new LateralInhibitionPenalty(weight, MATRIX))
                .getMessage();
        assertEquals("inhibition weight must be finite and >= 0, got " + weight, message);
    }

    @Test
    void partsForAnotherNumberOfUnitsAreRefused() {
        InhibitionMatrix five = InhibitionMatrix.uniform(5, 1);
        assertEquals(
                "l1 must be for the 5 units of the inhibition, got one for 6",
                assertThrows(IllegalArgumentException.class, () -> new LateralInhibitionPenalty(1, five, L1))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> SumPenalty.of(penalty(), new GroupL2Penalty(1, Groups.blocks(4, 2))));
    }
}
