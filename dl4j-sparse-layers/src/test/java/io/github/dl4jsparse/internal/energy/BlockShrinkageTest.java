package io.github.dl4jsparse.internal.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.group.Groups;
import org.junit.jupiter.api.Test;

class BlockShrinkageTest {
    private static final Groups GROUPS = Groups.of(4, new int[][] {{3, 0}, {1}});

    @Test
    void blockOfThreeAndFourLosesItsThreshold() {
        double[] code = {4, 7, 8, 3};
        BlockShrinkage.shrink(GROUPS, 0, code, 2.5);
        assertArrayEquals(new double[] {2, 7, 8, 1.5}, code, 1e-15);
        BlockShrinkage.shrink(GROUPS, 0, code, 2.5);
        assertArrayEquals(new double[] {0, 7, 8, 0}, code, "a norm at the threshold is zero");
    }

    /** {@code u = (3, 4) / 5, r = 1/2}: by hand. */
    @Test
    void adjointOfThreeAndFour() {
        double[] gradient = {0, 9, 9, 5};
        assertEquals(-3, BlockShrinkage.adjoint(GROUPS, 0, new double[] {4, 7, 8, 3}, 2.5, gradient), 1e-15);
        assertArrayEquals(new double[] {1.2, 9, 9, 3.4}, gradient, 1e-15);
    }

    /** A unit whose drive is zero moves as soon as it is driven, where its group is active. */
    @Test
    void zeroUnitOfAnActiveBlockHasADerivative() {
        double[] gradient = {1, 0, 0, 0};
        assertEquals(0, BlockShrinkage.adjoint(GROUPS, 0, new double[] {0, 0, 0, 5}, 2, gradient), 1e-15);
        assertArrayEquals(new double[] {0.6, 0, 0, 0}, gradient, 1e-15);
    }

    @Test
    void oneUnitIsTheSoftThresholdToTheLastBit() {
        double[] gradient = {0, 0.1, 0, 0};
        assertEquals(0.1, BlockShrinkage.adjoint(GROUPS, 1, new double[] {0, -0.7, 0, 0}, 0.3, gradient));
        assertEquals(0.1, gradient[1]);
        assertEquals(0, BlockShrinkage.adjoint(GROUPS, 1, new double[] {0, 0.3, 0, 0}, 0.3, gradient));
        assertEquals(0, gradient[1]);
    }

    @Test
    void thresholdOfZeroChangesNothing() {
        double[] gradient = {1, 2, 3, 4};
        assertEquals(0, BlockShrinkage.adjoint(GROUPS, 0, new double[4], 0, gradient));
        assertArrayEquals(new double[] {1, 2, 3, 4}, gradient);
    }
}
