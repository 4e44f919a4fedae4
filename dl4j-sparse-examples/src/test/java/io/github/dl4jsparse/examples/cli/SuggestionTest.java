package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "best, bset, 1", "'', ab, 2", "ab, ab, 0", "abcd, acbd, 1", "flaw, lawn, 2"})
    void countsLetters(String a, String b, int distance) {
        assertEquals(distance, Suggestion.distance(a, b));
        assertEquals(distance, Suggestion.distance(b, a));
    }

    @Test
    void suggestsWhatIsNearAndNothingElse() {
        List<String> known = List.of("dictionary", "drsae", "map", "stack");
        assertEquals(Optional.of("dictionary"), Suggestion.of("dictionnary", known));
        assertEquals(Optional.of("map"), Suggestion.of("Map", known));
        assertEquals(Optional.of("drsae"), Suggestion.of("dsrae", known));
        assertEquals(Optional.empty(), Suggestion.of("nothing", known));
        assertEquals(Optional.empty(), Suggestion.of("x", List.of()));
    }
}
