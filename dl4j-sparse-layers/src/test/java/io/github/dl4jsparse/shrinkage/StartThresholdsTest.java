package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.SparseGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import org.junit.jupiter.api.Test;

class StartThresholdsTest {
    private static final Groups WEIGHTED = Groups.of(4, new int[][] {{0, 1}, {3, 2}}, new double[][] {{4, 4}, {9, 9}});

    @Test
    void unitsHaveTheirWeightsTimesTheStep() {
        assertArrayEquals(new double[] {0.2, 0.2}, StartThresholds.ofUnits(2, 0.5, new L1Penalty(0.4)), 1e-15);
        assertArrayEquals(
                new double[] {0.2, 0.5}, StartThresholds.ofUnits(2, 0.5, new L1Penalty(new double[] {0.4, 1})), 1e-15);
        assertArrayEquals(new double[4], StartThresholds.ofUnits(4, 0.5, new GroupL2Penalty(1, WEIGHTED)));
    }

    @Test
    void groupsHaveTheRootsOfTheirWeightsTimesTheStep() {
        assertArrayEquals(
                new double[] {0.1, 0.15},
                StartThresholds.ofBlocks(WEIGHTED, 0.5, new GroupL2Penalty(0.1, WEIGHTED)),
                1e-15);
    }

    @Test
    void penaltyThatIsNoNormOfTheGroupsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> StartThresholds.ofBlocks(WEIGHTED, 1, new GroupL2Penalty(1, Groups.blocks(4, 2))));
        Groups blocks = Groups.blocks(4, 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> StartThresholds.ofBlocks(blocks, 1, new SparseGroupPenalty(1, 1, blocks)));
    }

    @Test
    void penaltyForAnotherNumberOfUnitsIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> StartThresholds.check(3, 1, new L1Penalty(new double[] {1, 2})))
                .getMessage();
        assertEquals("penalty must be made for the 3 units of the code, got 2", message);
    }
}
