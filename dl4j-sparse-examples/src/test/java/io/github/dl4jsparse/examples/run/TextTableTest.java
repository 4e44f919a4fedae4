package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static final List<List<String>> ROWS = List.of(List.of("step", "ms"), List.of("a longer name", "1.25"));

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertEquals(
                List.of("step              ms", "a longer name   1.25"),
                TextTable.plain(ROWS).lines().toList());
    }

    @Test
    void markdownHasARuleBelowTheHead() {
        assertEquals("| step | ms |\n|---|---:|\n| a longer name | 1.25 |\n", TextTable.markdown(ROWS));
    }
}
