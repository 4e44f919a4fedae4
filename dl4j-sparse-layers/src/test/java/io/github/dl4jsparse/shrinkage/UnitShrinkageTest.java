package io.github.dl4jsparse.shrinkage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class UnitShrinkageTest {
    @Test
    void startsFromTheWeightsOfTheUnits() {
        assertArrayEquals(new double[] {0.05, 0.05}, Shrinkage.SOFT.startThresholds(2, 0.5, new L1Penalty(0.1)), 1e-15);
        assertArrayEquals(
                new double[] {0.05, 0.1},
                Shrinkage.SOFT.startThresholds(2, 0.5, new L1Penalty(new double[] {0.1, 0.2})),
                1e-15);
        assertArrayEquals(
                new double[4], Shrinkage.SOFT.startThresholds(4, 0.5, new GroupL2Penalty(1, Groups.blocks(4, 2))));
    }

    @Test
    void bothPrecisionsAgree() {
        for (UnitShrinkage kind : new UnitShrinkage[] {new SoftShrinkage(), new NonNegativeShrinkage()}) {
            float[] single = {1, -1, 0.25f, Float.NaN};
            double[] full = {1, -1, 0.25, Double.NaN};
            kind.shrink(single, new float[] {0.5f, 0.25f, 0.5f, 0.5f}, 4);
            kind.shrink(full, new double[] {0.5, 0.25, 0.5, 0.5}, 4);
            for (int i = 0; i < 4; i++) {
                assertEquals(full[i], single[i], kind + " unit " + i);
            }
            assertArrayEquals(new double[] {0.5, kind.isSigned() ? -0.75 : 0, 0, Double.NaN}, full, kind.toString());
        }
    }

    /** Else two threads that first use a kind and a constant at the same time could wait for each other. */
    @Test
    void interfaceOfTheConstantsIsNotInitialisedWithItsKinds() {
        for (Method method : Shrinkage.class.getDeclaredMethods()) {
            // default methods are what makes a class initialise its interfaces (Java language specification, 12.4.1)
            assertFalse(method.isDefault(), method.toString());
        }
    }
}
