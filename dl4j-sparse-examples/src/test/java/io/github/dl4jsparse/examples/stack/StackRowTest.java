package io.github.dl4jsparse.examples.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StackRowTest {
    @Test
    void spreadIsThatOfTheDifferenceInTheSameDraw() {
        StackRow row = StackRow.of(100, List.of(8.0, 10.0, 6.0), List.of(9.0, 11.5, 7.5));
        assertEquals(100, row.labels());
        assertEquals(3, row.draws());
        assertEquals(8, row.pretrainedError(), 1e-12);
        assertEquals(28.0 / 3, row.randomError(), 1e-12);
        // the differences are 1, 1.5 and 1.5
        assertEquals(Math.sqrt(1.0 / 12), row.spread(), 1e-12);
        assertEquals(2, row.pretrainedSpread(), 1e-12);
    }

    @Test
    void drawsThatAllDifferAlikeHaveNoSpread() {
        StackRow row = StackRow.of(300, List.of(4.0, 7.0), List.of(5.0, 8.0));
        assertEquals(0, row.spread(), 1e-12);
        assertEquals(Math.sqrt(4.5), row.randomSpread(), 1e-12);
        assertEquals(List.of(5.0, 8.0), row.randomErrors());
    }
}
