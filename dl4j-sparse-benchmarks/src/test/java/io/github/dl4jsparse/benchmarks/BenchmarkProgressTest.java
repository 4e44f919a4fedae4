package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkProgressTest {
    @Test
    void tellsTheTimeLeftAboutEveryTenthAndNothingElse() {
        StringWriter text = new StringWriter();
        BenchmarkProgress progress = new BenchmarkProgress(new PrintWriter(text));
        progress.println("# JMH version: 1.37");
        progress.println("# Run progress: 0.00% complete, ETA 00:05:20");
        progress.println("# Run progress: 4.17% complete, ETA 00:05:07");
        progress.println("# Run progress: 12.50% complete, ETA 00:04:40");
        progress.println("# Run progress: 20.83% complete, ETA 00:04:13");
        progress.println("# Run progress: 25.00% complete, ETA 00:04:00");
        progress.print("Iteration 1");
        progress.close();
        assertEquals(
                List.of(
                        "measuring, 0 % done: 00:05:20 left",
                        "measuring, 12 % done: 00:04:40 left", "measuring, 25 % done: 00:04:00 left"),
                text.toString().lines().toList());
    }
}
