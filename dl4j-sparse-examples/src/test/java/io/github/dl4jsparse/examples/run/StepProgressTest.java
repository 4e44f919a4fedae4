package io.github.dl4jsparse.examples.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepProgressTest {
    private final StringWriter text = new StringWriter();
    private long now = 77;

    private void run(int steps, double seconds) {
        try (StepProgress progress = new StepProgress("sorting", steps, new PrintWriter(text), () -> now, null)) {
            for (int i = 0; i < steps; i++) {
                now += (long) (seconds * 1e9);
                progress.stepDone();
            }
        }
    }

    @Test
    void tellsNothingOfWhatIsOverSoon() {
        run(10, 0.45);
        assertEquals("", text.toString());
    }

    @Test
    void tellsTheTimeLeftInPlainLinesFurtherAndFurtherApart() {
        run(10, 3);
        assertEquals(
                List.of(
                        "sorting, 2 of 10: about 24 s left",
                        "sorting, 4 of 10: about 18 s left",
                        "sorting, 7 of 10: about 9 s left"),
                text.toString().lines().toList());
    }

    @Test
    void tellsNothingAfterTheLastStep() {
        run(1, 100);
        assertEquals("", text.toString());
    }
}
