package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnitResponseTest {
    @Test
    void strengthIsTheMagnitude() {
        assertEquals(2.5, new UnitResponse(3, 1, 0, 0, -2.5).strength());
    }

    @Test
    void strongestComesFirstThenTheEarlierExampleThenTheLowerUnit() {
        UnitResponse weak = new UnitResponse(0, 0, 0, 0, 1);
        UnitResponse early = new UnitResponse(1, 5, 0, 0, -2);
        UnitResponse late = new UnitResponse(2, 1, 0, 0, 2);
        UnitResponse higher = new UnitResponse(2, 4, 0, 0, 2);
        assertEquals(
                List.of(early, late, higher, weak),
                Stream.of(weak, higher, late, early)
                        .sorted(UnitResponse.STRONGEST_FIRST)
                        .toList());
    }
}
