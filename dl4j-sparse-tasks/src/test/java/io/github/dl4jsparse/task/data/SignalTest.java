package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SignalTest {
    private static Signal signal(String... channels) {
        return new Signal(
                Nd4j.createFromArray(new float[][][] {{{1, 2, 3}, {4, 5, 6}}}),
                0.5,
                10,
                List.of(channels),
                new ReadingReport("read", List.of()));
    }

    @Test
    void givesChannelsAndTimes() {
        Signal signal = signal("a", "b");
        assertArrayEquals(new float[] {4, 5, 6}, signal.channel(1));
        assertEquals(3, signal.length());
        assertEquals(14, signal.seconds(2));
        assertEquals("channels a, b, 3 samples at 0.500 Hz, seconds 10 to 16", signal.description());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "values must be [1, 1 channels, time], got [1, 2, 3]",
                assertThrows(IllegalArgumentException.class, () -> signal("a")).getMessage());
        assertEquals(
                "channel must be from 0 to 1, got 2",
                assertThrows(IllegalArgumentException.class, () -> signal("a", "b")
                                .channel(2))
                        .getMessage());
    }
}
