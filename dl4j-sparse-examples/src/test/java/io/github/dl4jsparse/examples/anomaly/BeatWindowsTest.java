package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.task.data.ReadingReport;
import io.github.dl4jsparse.task.data.Signal;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BeatWindowsTest {
    private static Signal signal(float[] samples) {
        return new Signal(
                Nd4j.createFromArray(new float[][][] {{samples}}),
                360,
                0,
                List.of("lead"),
                new ReadingReport("read", List.of()));
    }

    @Test
    void windowsHaveTheBeatWhereItWasAndNoBaseLine() throws IOException {
        float[] samples = new float[3600];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 5 + i / 1000f;
            for (int beat = 30; beat < 3600; beat += 300) {
                samples[i] += (float) (1.5 * Math.exp(-0.5 * Math.pow((i - beat) / 5.0, 2)));
            }
        }
        BeatWindows beats = BeatWindows.of(signal(samples));
        // the first is too near to the start
        assertEquals(330, beats.positions()[0], 2);
        assertArrayEquals(new long[] {11, 1, 78}, beats.windows().features().shape());
        for (int i = 0; i < 11; i++) {
            int highest = beats.windows().features().slice(i).slice(0).argMax(0).getInt(0);
            assertEquals(30, highest, 1);
            assertEquals(1.5, beats.windows().features().getDouble(i, 0, highest), 0.2);
        }
        assertEquals(0, count(beats.wide(1)));
    }

    private static int count(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return count;
    }

    @Test
    void refusesARecordingWithoutBeats() {
        assertEquals(
                "the recording must have beats, got none (read)",
                assertThrows(IOException.class, () -> BeatWindows.of(signal(new float[1000])))
                        .getMessage());
    }
}
