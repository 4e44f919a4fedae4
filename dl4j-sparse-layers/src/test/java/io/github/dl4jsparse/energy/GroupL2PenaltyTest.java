package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GroupL2PenaltyTest extends PenaltyContract {
    @Override
    protected Penalty penalty() {
        return new GroupL2Penalty(0.9, Groups.of(6, new int[][] {{4, 0}, {1, 2, 5}, {3}}));
    }

    @Override
    protected Penalty otherPenalty() {
        return new GroupL2Penalty(0.9, Groups.of(6, new int[][] {{4, 0}, {1, 2}, {5, 3}}));
    }

    @Override
    protected Penalty zeroPenalty() {
        return new GroupL2Penalty(0, Groups.blocks(6, 3));
    }

    /** Groups with weights of their own, and two units in no group. */
    @Nested
    class Weighted extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            return new GroupL2Penalty(0.9, Groups.of(6, new int[][] {{4, 0}, {1}}, new double[][] {{2.5, 2.5}, {0.3}}));
        }

        @Override
        protected Penalty otherPenalty() {
            return new GroupL2Penalty(0.9, Groups.of(6, new int[][] {{4, 0}, {1}}));
        }
    }

    @Test
    void valueIsTheWeightedSumOfNorms() {
        INDArray codes = Nd4j.create(new double[][] {{3, 4, 0, 0}, {0, 0, 5, -12}});
        assertEquals(0.5 * 18, new GroupL2Penalty(0.5, Groups.blocks(4, 2)).value(codes), 1e-14);
    }

    @Test
    void proxShrinksEachGroupByItsNorm() {
        INDArray codes = Nd4j.create(new double[][] {{3, 4, 0.3, 0.4}, {5, 12, -3, 4}});
        INDArray shrunk = new GroupL2Penalty(0.5, Groups.blocks(4, 2)).prox(codes, 2);
        INDArray expected = Nd4j.create(new double[][] {{2.4, 3.2, 0, 0}, {5 * 12 / 13.0, 12 * 12 / 13.0, -2.4, 3.2}});
        assertEquals(0, Samples.distance(expected, shrunk), 1e-15);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void groupsOfOneUnitAreTheL1Norm(DataType type) {
        GroupL2Penalty groups = new GroupL2Penalty(0.37, Groups.blocks(50, 1));
        L1Penalty l1 = new L1Penalty(0.37);
        INDArray codes = Samples.gaussian(type, 1, 20, 50);
        assertEquals(0, Samples.distance(l1.prox(codes.dup(), 0.9), groups.prox(codes.dup(), 0.9)));
        assertEquals(0, Samples.distance(l1.values(codes), groups.values(codes)));
        INDArray expected = Samples.gaussian(type, 2, 20, 50);
        INDArray gradient = expected.dup();
        l1.addGradient(codes, 0.7, expected);
        groups.addGradient(codes, 0.7, gradient);
        assertEquals(0, Samples.distance(expected, gradient));
    }

    @Test
    void groupsOfOneUnitAmongOthersAreTheL1NormThere() {
        GroupL2Penalty groups = new GroupL2Penalty(0.37, Groups.of(5, new int[][] {{4}, {0}, {3}, {1, 2}}));
        INDArray codes = Samples.gaussian(1, 20, 5);
        INDArray expected = new L1Penalty(0.37).prox(codes.dup(), 0.9);
        INDArray shrunk = groups.prox(codes.dup(), 0.9);
        for (int unit : new int[] {0, 3, 4}) {
            assertArrayEquals(
                    expected.getColumn(unit).toDoubleVector(),
                    shrunk.getColumn(unit).toDoubleVector());
        }
    }

    @Test
    void unitInNoGroupIsFree() {
        GroupL2Penalty penalty = new GroupL2Penalty(100, Groups.of(3, new int[][] {{0, 2}}));
        INDArray codes = Nd4j.create(new double[][] {{1, 7, 1}});
        assertEquals(Nd4j.create(new double[][] {{0, 7, 0}}), penalty.prox(codes.dup(), 1));
        assertTrue(penalty.dualNorms(codes).isEmpty());
        assertEquals(Double.NaN, penalty.blockDualNorm(1, new double[] {0}, 0, 1));
        assertEquals(2, penalty.blocks(3).count());
    }

    @Test
    void weightOfZeroHasNoDualNorm() {
        assertTrue(new GroupL2Penalty(0, Groups.blocks(4, 2))
                .dualNorms(Samples.gaussian(1, 2, 4))
                .isEmpty());
    }

    @Test
    void groupsThatOverlapAreRefusedWithTheOtherClass() {
        Groups overlapping = Groups.of(3, new int[][] {{0, 1}, {1, 2}});
        String message = assertThrows(IllegalArgumentException.class, () -> new GroupL2Penalty(1, overlapping))
                .getMessage();
        assertEquals(
                "groups must be disjoint (or take OverlappingGroupPenalty), got Groups[2 of 3 units, 4 members]",
                message);
    }

    @Test
    void differentWeightsInAGroupAreRefused() {
        Groups weighted = Groups.of(3, new int[][] {{0, 1}}, new double[][] {{1, 2}});
        String message = assertThrows(IllegalArgumentException.class, () -> new GroupL2Penalty(1, weighted))
                .getMessage();
        assertEquals(
                "weights of group 0 must be all the same (or take OverlappingGroupPenalty), got 1.0 and 2.0", message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badWeightIsRefused(double weight) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new GroupL2Penalty(weight, Groups.blocks(4, 2)))
                .getMessage();
        assertEquals("group weight must be finite and >= 0, got " + weight, message);
    }
}
