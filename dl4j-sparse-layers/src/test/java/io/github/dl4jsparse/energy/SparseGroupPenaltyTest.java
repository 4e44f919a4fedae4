package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

class SparseGroupPenaltyTest extends PenaltyContract {
    private static final Groups GROUPS = Groups.of(6, new int[][] {{4, 0}, {1, 2, 5}});

    @Override
    protected Penalty penalty() {
        return new SparseGroupPenalty(0.3, 0.7, GROUPS);
    }

    @Override
    protected Penalty otherPenalty() {
        return new SparseGroupPenalty(0.3, 0.71, GROUPS);
    }

    @Override
    protected Penalty zeroPenalty() {
        return new SparseGroupPenalty(0, 0, GROUPS);
    }

    /** Weights for each unit and each group, and no negative units. */
    @Nested
    class NonNegative extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            L1Penalty l1 = new L1Penalty(new double[] {0.1, 0.5, 0.2, 0.4, 0.6, 0.3});
            double[][] weights = {{2.5, 2.5}, {0.3, 0.3, 0.3}};
            Groups groups = Groups.of(6, new int[][] {{4, 0}, {1, 2, 5}}, weights);
            return new SparseGroupPenalty(l1.asNonNegative(), new GroupL2Penalty(0.5, groups));
        }

        @Override
        protected Penalty otherPenalty() {
            return new SparseGroupPenalty(new L1Penalty(0.1), new GroupL2Penalty(0.5, GROUPS));
        }

        @Override
        protected INDArray inDomain(INDArray codes) {
            return Transforms.abs(codes, true);
        }
    }

    @Test
    void eitherWeightOfZeroLeavesTheOtherPenalty() {
        INDArray codes = Samples.gaussian(1, 10, 6);
        Proximal[][] pairs = {
            {new GroupL2Penalty(0.7, GROUPS), new SparseGroupPenalty(0, 0.7, GROUPS)},
            {new L1Penalty(0.3), new SparseGroupPenalty(0.3, 0, GROUPS)}
        };
        for (Proximal[] pair : pairs) {
            INDArray expected = pair[0].prox(codes.dup(), 1);
            assertEquals(0, Samples.distance(expected, pair[1].prox(codes.dup(), 1)), 1e-15);
            assertEquals(pair[0].dualNorms(codes), pair[1].dualNorms(codes));
            assertEquals(pair[0].value(codes), pair[1].value(codes), 1e-12);
        }
    }

    @Test
    void negativeUnitHasNoSubgradientWhereItIsForbidden() {
        SparseGroupPenalty penalty =
                new SparseGroupPenalty(new L1Penalty(1).asNonNegative(), new GroupL2Penalty(1, GROUPS));
        INDArray codes = Samples.gaussian(1, 1, 6);
        codes.putScalar(0, -1);
        assertEquals(Double.POSITIVE_INFINITY, penalty.value(codes));
        assertEquals(
                Double.POSITIVE_INFINITY,
                penalty.subdifferentialDistance(codes, codes).getDouble(0));
    }

    @Test
    void someL1WeightsOfZeroHaveNoDualNorm() {
        L1Penalty l1 = new L1Penalty(new double[] {0, 1, 1, 1, 1, 1});
        assertTrue(new SparseGroupPenalty(l1, new GroupL2Penalty(1, GROUPS))
                .dualNorms(Samples.gaussian(1, 1, 6))
                .isEmpty());
    }

    @Test
    void termsOfDifferentSizesAreRefused() {
        L1Penalty l1 = new L1Penalty(new double[] {1, 2});
        GroupL2Penalty group = new GroupL2Penalty(1, GROUPS);
        String message = assertThrows(IllegalArgumentException.class, () -> new SparseGroupPenalty(l1, group))
                .getMessage();
        assertEquals("l1 must be for the 6 units of the groups, got one for 2", message);
    }
}
