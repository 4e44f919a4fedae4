package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltyParameterTest {
    @Test
    void rowsAndPairs() {
        assertArrayEquals(new long[] {1, 5}, Parameter.row("w", 5).dimensions());
        assertEquals(List.of(false, true), Parameter.row("w", 5).perUnit());
        assertArrayEquals(new long[] {5, 5}, Parameter.pairs("S", 5).dimensions());
        assertEquals(List.of(true, true), Parameter.pairs("S", 5).perUnit());
    }

    @Test
    void refusesWhatDoesNotFit() {
        List<Long> shape = List.of(2L, 3L);
        List<Boolean> marks = List.of(true, false);
        assertThrows(IllegalArgumentException.class, () -> new Parameter(null, shape, marks));
        assertThrows(IllegalArgumentException.class, () -> new Parameter("a", List.of(2L), List.of(true)));
        assertThrows(IllegalArgumentException.class, () -> new Parameter("a", shape, List.of(true)));
        assertThrows(IllegalArgumentException.class, () -> Parameter.row("a", 0));
    }
}
