package io.github.dl4jsparse.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTableTest {
    private static Timing timing(String group, String name, String size, int threads, double millis) {
        return new Timing(group, name, size, threads, millis, millis, 12_340, 5_670_000, 321_000_000);
    }

    private static BenchmarkTable steps() {
        double sgemm = SgemmBenchmark.gigaFlops(1024);
        return new BenchmarkTable(
                List.of(1, 2),
                List.of(
                        timing("SgemmBenchmark", "sgemm", "1024", 1, 1000 * sgemm / 100),
                        timing("SgemmBenchmark", "sgemm", "1024", 2, 1000 * sgemm / 200),
                        timing("ListaBenchmark", "jointStep", "128x784x400x11", 2, 10.9),
                        timing("ListaBenchmark", "jointStep", "128x784x400x11", 1, 20),
                        timing("ListaBenchmark", "jointStepProducts", "128x784x400x11", 1, 18),
                        timing("ListaBenchmark", "jointStepProducts", "128x784x400x11", 2, 9.81)));
    }

    @Test
    void endsARowWithTheSpeedUp() {
        // five products of 128x784x400 and thirty of 128x400x400 are 1.630 GFLOP: 81.5 a second of 100, 149.5 of 200
        assertEquals(
                List.of(
                        "128x784x400x11 jointStep",
                        "20.00",
                        "",
                        "90.0%",
                        "81.5%",
                        "10.90",
                        "",
                        "90.0%",
                        "74.8%",
                        "12.3 kB",
                        "6 MB",
                        "321 MB",
                        "1.83x"),
                steps().rows().get(1));
        assertEquals(2, steps().rows().size(), "bare products have no row");
    }

    @Test
    void beginsWithTheSgemmRates() {
        List<String> lines = steps().text().lines().toList();
        assertEquals("sgemm on 1 thread: 100.0 GFLOP/s", lines.get(0));
        assertEquals("sgemm on 2 threads: 200.0 GFLOP/s", lines.get(1));
        assertTrue(lines.get(3).endsWith("1.83x"), lines.get(3));
    }

    @Test
    void oneNumberOfThreadsHasNoSpeedUp() {
        List<String> row = new BenchmarkTable(
                        List.of(2), List.of(timing("LocalBenchmark", "localTraining", "local-28x5x8x16", 2, 3.5)))
                .rows()
                .get(1);
        assertEquals(
                List.of("local-28x5x8x16 localTraining", "3.50", "", "", "", "12.3 kB", "6 MB", "321 MB", ""), row);
    }

    @Test
    void solversAndSamplersShowTheTimeOfAPatch() {
        List<List<String>> rows = new BenchmarkTable(
                        List.of(1),
                        List.of(
                                timing("SolverBenchmark", "coordinateDescent", "l1-256", 1, 110),
                                timing("SolverBenchmark", "fista", "l1-256", 1, 110),
                                timing("PatchBenchmark", "sample", "patches-16", 1, 13)))
                .rows();
        assertEquals("11.0 us", rows.get(1).get(2));
        assertEquals("550.0 us", rows.get(2).get(2));
        assertEquals("1.3 us", rows.get(3).get(2));
    }

    @Test
    void aBenchmarkOfDl4jsOwnLayersHasNoShare() {
        List<String> row = new BenchmarkTable(
                        List.of(1),
                        List.of(
                                timing("SgemmBenchmark", "sgemm", "1024", 1, 90),
                                timing(
                                        "ConvolutionBenchmark",
                                        "builtInAutoencoder",
                                        "convolution 32x28x1x64x7x3",
                                        1,
                                        200)))
                .rows()
                .get(1);
        assertEquals("", row.get(4));
    }
}
