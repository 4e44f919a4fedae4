package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings and their presets. */
class SettingsTest {
    private static DiceSettings settings(String... arguments) {
        return ParsedSettings.checked(new DiceSettings(), arguments);
    }

    @Test
    void whatIsNotGivenComesFromThePresets() {
        DiceSettings s = settings();
        assertEquals(3, s.size());
        assertEquals(List.of(4, 5), s.sides);
        assertEquals(0.5, s.rate);
        assertEquals(DiceSettings.Way.LEFT, s.way);
        assertNull(s.most);
    }

    @Test
    void laterSectionsWinAndTheCommandLineWinsOverAll() {
        assertEquals(30, settings("--preset", "large").size());
        assertEquals(9, settings("--preset", "large", "--size", "9").size());
        assertEquals(2, settings("--quick").rate);
        assertEquals(List.of(8), settings("--sides", "8").sides);
    }

    @Test
    void valuesHaveTheNamesOfTheOptionsAndNothingThatDecidesNothing() {
        Map<String, Object> values = settings("--way", "right").values();
        assertEquals(DiceSettings.Way.RIGHT, values.get("way"));
        assertEquals(3, values.get("size"));
        assertEquals(false, values.get("quick"));
        assertFalse(values.containsKey("most"), "not given: " + values);
        assertFalse(values.containsKey("out") || values.containsKey("force") || values.containsKey("seed"));
    }

    @Test
    void mistakesInThePresetsAreTheProgramsOwn() {
        String unknown = assertThrows(IllegalStateException.class, () -> settings("--preset", "broken"))
                .getMessage();
        assertTrue(unknown.contains("names no option: length"), unknown);
        String missing = assertThrows(IllegalStateException.class, () -> settings("--preset", "tiny"))
                .getMessage();
        assertEquals("presets.properties has no section tiny", missing);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> settings("--size", "0"));
        assertThrows(
                IllegalArgumentException.class, () -> settings("--out", " ").out());
    }
}
