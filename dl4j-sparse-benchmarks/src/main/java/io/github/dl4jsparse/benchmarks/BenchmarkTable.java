package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.examples.run.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Times as text: a row for each benchmark, in it for each number of threads the time, the share that its bare matrix products would take,
 * measured at the same shapes, and the share of the sgemm rate that it reaches; then memory, and the speed-up.
 */
final class BenchmarkTable {
    private static final String SGEMM = SgemmBenchmark.class.getSimpleName();

    private final List<Integer> threads;
    private final Map<String, Map<Integer, Timing>> timings = new TreeMap<>();
    private final Map<Integer, Double> sgemm = new LinkedHashMap<>();

    /**
     * @param threads numbers of threads, the first of which the speed-up is counted from
     * @param all     the timings: for each benchmark one per number of threads
     */
    BenchmarkTable(List<Integer> threads, List<Timing> all) {
        this.threads = List.copyOf(threads);
        for (Timing timing : all) {
            if (timing.group().equals(SGEMM)) {
                sgemm.put(timing.threads(), timing.rate().orElseThrow());
            } else {
                timings.computeIfAbsent(timing.label(), label -> new TreeMap<>())
                        .put(timing.threads(), timing);
            }
        }
    }

    /** The sgemm rates, and the rows. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int n : threads) {
            text.append(format(
                    "sgemm on %d %s: %.1f GFLOP/s%n",
                    n, n == 1 ? "thread" : "threads", sgemm.getOrDefault(n, Double.NaN)));
        }
        return text + TextTable.plain(rows());
    }

    /** The header and a row for each benchmark except bare products. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(head());
        timings.values().forEach(row -> {
            Timing first = row.values().iterator().next();
            if (!first.isProducts()) {
                rows.add(row(row, first));
            }
        });
        return rows;
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(List.of("median ms, us a patch"));
        for (int n : threads) {
            head.addAll(List.of(n + ": ms", "each", "products", "of sgemm"));
        }
        head.addAll(List.of("heap/call", "off-heap", "peak", "speed-up"));
        return head;
    }

    private List<String> row(Map<Integer, Timing> row, Timing first) {
        List<String> cells = new ArrayList<>(List.of(first.label()));
        for (int n : threads) {
            Timing timing = row.get(n);
            if (timing == null) {
                cells.addAll(List.of("", "", "", ""));
                continue;
            }
            cells.add(format("%.2f", timing.millis()));
            cells.add(timing.microsEach().stream()
                    .mapToObj(micros -> format("%.1f us", micros))
                    .findFirst()
                    .orElse(""));
            cells.add(share(products(timing)));
            cells.add(share(ofSgemm(timing)));
        }
        Timing last = row.getOrDefault(threads.get(threads.size() - 1), first);
        cells.add(format("%.1f kB", last.heap() / 1e3));
        cells.add(format("%.0f MB", last.offHeap() / 1e6));
        cells.add(format("%.0f MB", last.peak() / 1e6));
        cells.add(last == first ? "" : format("%.2fx", first.millis() / last.millis()));
        return cells;
    }

    /** Time of the bare products over the time of the benchmark, with as many threads. */
    private OptionalDouble products(Timing timing) {
        Timing products = timings.getOrDefault(timing.productsLabel(), Map.of()).get(timing.threads());
        return products == null ? OptionalDouble.empty() : OptionalDouble.of(products.millis() / timing.millis());
    }

    /** Rate of the products of a benchmark over the sgemm rate of as many threads. */
    private OptionalDouble ofSgemm(Timing timing) {
        Double rate = sgemm.get(timing.threads());
        return rate == null
                ? OptionalDouble.empty()
                : timing.rate().stream().map(own -> own / rate).findFirst();
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? format("%.1f%%", 100 * share.getAsDouble()) : "";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
