package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltyParameterTest {
    @Test
    void rowsAndPairs() {
        assertArrayEquals(new long[] {1, 5}, PenaltyParameter.row("w", 5).dimensions());
        assertEquals(List.of(false, true), PenaltyParameter.row("w", 5).perUnit());
        assertArrayEquals(new long[] {5, 5}, PenaltyParameter.pairs("S", 5).dimensions());
        assertEquals(List.of(true, true), PenaltyParameter.pairs("S", 5).perUnit());
    }

    @Test
    void refusesWhatDoesNotFit() {
        List<Long> shape = List.of(2L, 3L);
        List<Boolean> marks = List.of(true, false);
        assertThrows(IllegalArgumentException.class, () -> new PenaltyParameter(null, shape, marks));
        assertThrows(IllegalArgumentException.class, () -> new PenaltyParameter("a", List.of(2L), List.of(true)));
        assertThrows(IllegalArgumentException.class, () -> new PenaltyParameter("a", shape, List.of(true)));
        assertThrows(IllegalArgumentException.class, () -> PenaltyParameter.row("a", 0));
    }
}
