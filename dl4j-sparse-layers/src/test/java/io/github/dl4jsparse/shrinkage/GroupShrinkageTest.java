package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.ShrinkageContract;
import org.junit.jupiter.api.Test;

class GroupShrinkageTest extends ShrinkageContract {
    /** Weights of their own, a group of one unit, and a unit in no group. */
    private static final Groups GROUPS =
            Groups.of(6, new int[][] {{4, 0}, {1, 3}, {2}}, new double[][] {{2, 2}, {0.5, 0.5}, {1}});

    @Override
    protected Shrinkage shrinkage() {
        return new GroupShrinkage(GROUPS);
    }

    @Override
    protected Shrinkage otherShrinkage() {
        return new GroupShrinkage(Groups.blocks(6, 2));
    }

    @Override
    protected Penalty penalty() {
        return new GroupL2Penalty(0.8, GROUPS);
    }

    /** The first group goes. */
    @Override
    protected int[] kept() {
        return new int[] {1, 2, 3, 5};
    }

    @Test
    void wholeGroupsAreZeroOrActive() {
        int zeros = 0;
        for (long seed = 1; seed <= 50; seed++) {
            double[] code = shrunk(drive(seed), new double[] {1.5, 1.5, 0.5});
            assertEquals(code[0] == 0, code[4] == 0);
            assertEquals(code[1] == 0, code[3] == 0);
            assertEquals(drive(seed)[5], code[5], "a unit in no group stays");
            zeros += code[0] == 0 ? 1 : 0;
        }
        assertTrue(zeros > 5 && zeros < 45, zeros + " of 50");
    }

    @Test
    void groupsOfOneUnitAreSoftShrinkageToTheLastBit() {
        GroupShrinkage singles = new GroupShrinkage(Groups.blocks(6, 1));
        double[] thresholds = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
        double[] v = drive(3);
        double[] code = v.clone();
        double[] soft = v.clone();
        singles.shrink(0, code, thresholds);
        Shrinkage.SOFT.shrink(0, soft, thresholds);
        assertArrayEquals(soft, code);
        double[] gradient = drive(4);
        double[] ofThresholds = new double[6];
        singles.backward(0, v, code, thresholds, gradient, ofThresholds);
        double[] softGradient = drive(4);
        double[] ofSoftThresholds = new double[6];
        Shrinkage.SOFT.backward(0, v, code, thresholds, softGradient, ofSoftThresholds);
        assertArrayEquals(softGradient, gradient);
        assertArrayEquals(ofSoftThresholds, ofThresholds);
    }

    @Test
    void startsFromSmoothedNormsOfTheSameGroups() {
        Penalty smoothed = new SmoothedGroupPenalty(0.8, GROUPS, 1e-5);
        assertArrayEquals(
                shrinkage().startThresholds(6, 0.5, penalty()), shrinkage().startThresholds(6, 0.5, smoothed));
    }

    @Test
    void penaltyOfAnotherKindIsRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> shrinkage().startThresholds(6, 0.5, new L1Penalty(0.1)))
                .getMessage();
        assertTrue(message.contains("GroupL2Penalty") && message.contains("ProximalShrinkage"), message);
    }

    @Test
    void groupsThatOverlapAreRefused() {
        Groups overlapping = Groups.of(3, new int[][] {{0, 1}, {1, 2}});
        String message = assertThrows(IllegalArgumentException.class, () -> new GroupShrinkage(overlapping))
                .getMessage();
        assertTrue(message.contains("ProximalShrinkage"), message);
    }

    @Test
    void weightsInsideAGroupAreRefused() {
        Groups weighted = Groups.of(2, new int[][] {{0, 1}}, new double[][] {{1, 2}});
        assertThrows(IllegalArgumentException.class, () -> new GroupShrinkage(weighted));
    }
}
