package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class CodeStatisticsTest {
    /** Counted by hand: 2, 1, 0 and 3 active units. */
    private static final float[][] CODES = {{1, 0, -2, 0}, {0, 0, 1e-30f, 0}, {0, 0, 0, 0}, {3, 0, 4, 5}};

    @Test
    void countsActiveAndDeadUnits() {
        CodeStatistics statistics = CodeStatistics.of(Nd4j.create(CODES));
        assertEquals(1.5, statistics.meanActiveUnits(), 1e-12);
        assertEquals(1, statistics.deadUnits());
        assertArrayEquals(new double[] {0.5, 0, 0.75, 0.25}, statistics.frequencies(), 1e-12);
        assertEquals(0.75, statistics.frequency(2), 1e-12);
    }

    @Test
    void readsAnyOrderAndDoesNotChangeTheCodes() {
        var codes = Nd4j.create(CODES).castTo(DataType.DOUBLE).dup('f');
        var copy = codes.dup();
        assertEquals(1.5, CodeStatistics.of(codes).meanActiveUnits(), 1e-12);
        assertEquals(copy, codes);
    }

    @Test
    void acceptsASingleSample() {
        assertEquals(
                2, CodeStatistics.of(Nd4j.create(new float[][] {{0, 1, 2}})).meanActiveUnits());
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThrows(IllegalArgumentException.class, () -> CodeStatistics.of(Nd4j.zeros(DataType.FLOAT, 2, 3, 4)));
        assertThrows(IllegalArgumentException.class, () -> CodeStatistics.of(null));
    }
}
