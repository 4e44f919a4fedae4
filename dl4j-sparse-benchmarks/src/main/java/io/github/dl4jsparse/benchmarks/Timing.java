package io.github.dl4jsparse.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import org.openjdk.jmh.results.RunResult;

/**
 * The measurements of one benchmark by JMH with one number of threads.
 *
 * @param group   the class of the benchmark
 * @param name    its method
 * @param size    its sizes
 * @param threads of the library
 * @param millis  median time of a call
 * @param least   shortest time of a call
 * @param heap    bytes that a call allocates on Java's heap
 * @param offHeap bytes outside of the heap between calls
 * @param peak    bytes of the largest resident memory of the process
 */
record Timing(
        String group,
        String name,
        String size,
        int threads,
        double millis,
        double least,
        double heap,
        double offHeap,
        double peak) {
    private static final String PRODUCTS = "Products";

    private static final Map<String, ToDoubleBiFunction<String, String>> OPERATIONS = Map.of(
            SgemmBenchmark.class.getSimpleName(), (size, name) -> SgemmBenchmark.gigaFlops(Integer.parseInt(size)),
            ListaBenchmark.class.getSimpleName(), ListaBenchmark::gigaFlops,
            ConvolutionBenchmark.class.getSimpleName(), ConvolutionBenchmark::gigaFlops,
            InhibitionBenchmark.class.getSimpleName(), (size, name) -> InhibitionBenchmark.gigaFlops(size),
            SolverBenchmark.class.getSimpleName(), SolverBenchmark::gigaFlops);

    /** The timing of one result of JMH. */
    static Timing of(RunResult result) {
        String[] path = result.getParams().getBenchmark().split("\\.");
        return new Timing(
                path[path.length - 2],
                path[path.length - 1],
                Optional.ofNullable(result.getParams().getParam("size"))
                        .orElseGet(() -> result.getParams().getParam("rows")),
                Integer.parseInt(result.getParams().getParam("threads")),
                result.getPrimaryResult().getStatistics().getPercentile(50),
                result.getPrimaryResult().getStatistics().getMin(),
                secondary(result, "gc.alloc.rate.norm"),
                secondary(result, OffHeapProfiler.HELD),
                secondary(result, OffHeapProfiler.PEAK));
    }

    private static double secondary(RunResult result, String label) {
        return result.getSecondaryResults().keySet().stream()
                .filter(key -> key.endsWith(label))
                .mapToDouble(key -> result.getSecondaryResults().get(key).getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The name of a row of the table. */
    String label() {
        return size + " " + name;
    }

    /**
     * Whether this is a measurement of bare matrix products, which has no row of its own: the time of a benchmark is
     * compared with it.
     */
    boolean isProducts() {
        return name.endsWith(PRODUCTS);
    }

    /** The label of the matrix products of this benchmark. */
    String productsLabel() {
        return label() + PRODUCTS;
    }

    /** Operations of the matrix products of a call, 10^9; empty for benchmarks without a count of them. */
    OptionalDouble gigaFlops() {
        boolean products = !name.startsWith("builtIn") && OPERATIONS.containsKey(group);
        return products ? OptionalDouble.of(OPERATIONS.get(group).applyAsDouble(size, name)) : OptionalDouble.empty();
    }

    /** 10^9 operations of matrix products a second; empty for benchmarks without a count of them. */
    OptionalDouble rate() {
        return gigaFlops().stream()
                .map(operations -> 1000 * operations / millis)
                .findFirst();
    }

    /** Microseconds per patch; empty for benchmarks without patches. */
    OptionalDouble microsEach() {
        boolean patches = group.equals(SolverBenchmark.class.getSimpleName())
                || group.equals(PatchBenchmark.class.getSimpleName());
        return patches ? OptionalDouble.of(1000 * millis / SolverBenchmark.patches(name)) : OptionalDouble.empty();
    }
}
