package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SeedOptionsTest {
    private static SeedOptions parsed(String... arguments) {
        return CommandLine.populateCommand(new SeedOptions(), arguments);
    }

    @Test
    void areOneUnlessGiven() {
        assertEquals(1, parsed().count());
        assertEquals(5, parsed("--seeds", "5").count());
    }

    @Test
    void refuseNone() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> parsed("--seeds", "0").count());
        assertEquals("--seeds must be at least 1, got 0", e.getMessage());
    }
}
