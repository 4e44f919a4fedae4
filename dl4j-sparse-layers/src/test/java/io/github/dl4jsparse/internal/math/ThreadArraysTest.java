package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadArraysTest {
    private static Set<float[]> set(float[][]... all) {
        Set<float[]> set = Collections.newSetFromMap(new IdentityHashMap<>());
        for (float[][] arrays : all) {
            Collections.addAll(set, arrays);
        }
        return set;
    }

    @Test
    void anArrayThatIsTakenIsNobodyElses() {
        float[][] outer = ThreadArrays.take(3, 17);
        float[][] inner = ThreadArrays.take(2, 17);
        assertEquals(5, set(outer, inner).size());
        ThreadArrays.giveBack(inner);
        ThreadArrays.giveBack(outer);
    }

    @Test
    void arraysOfTheSameLengthComeBack() {
        float[][] first = ThreadArrays.take(3, 19);
        ThreadArrays.giveBack(first);
        float[][] other = ThreadArrays.take(1, 23);
        assertEquals(23, other[0].length);
        ThreadArrays.giveBack(other);
        float[][] second = ThreadArrays.take(3, 19);
        assertEquals(3, set(first, second).size(), "none is new");
        ThreadArrays.giveBack(second);
    }

    @Test
    void longArraysAreNotKept() {
        float[][] large = ThreadArrays.take(1, 1 << 20);
        ThreadArrays.giveBack(large);
        assertNotSame(large[0], ThreadArrays.take(1, 1 << 20)[0]);
    }

    @Test
    void aThreadKeepsAFewOnly() {
        float[][] old = ThreadArrays.take(1, 29);
        ThreadArrays.giveBack(old);
        assertSame(old[0], ThreadArrays.take(1, 29)[0]);
        ThreadArrays.giveBack(old);
        ThreadArrays.giveBack(ThreadArrays.take(40, 31));
        assertNotSame(old[0], ThreadArrays.take(1, 29)[0]);
    }
}
