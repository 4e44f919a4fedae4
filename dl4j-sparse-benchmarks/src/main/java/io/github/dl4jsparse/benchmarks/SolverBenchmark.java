package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.examples.data.NaturalImages;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.Products;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.internal.parallel.Tasks;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solution;
import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Solvers on 10,000 whitened 16x16 patches of natural images, to a relative duality gap of 1e-3, in microseconds a patch,
 * beside the two matrix products that no solver avoids: {@code D'x} and {@code D'D}. FISTA, which takes hundreds of times as long,
 * gets the first 200.
 * <p>Atoms are patches at other positions of the same images, scaled to norm 1. The weight of the penalty is found by
 * bisection, so that about 18 units are active.
 */
public class SolverBenchmark extends ThreadedBenchmark {
    /** Patches of a batch. */
    static final int PATCHES = 10_000;

    private static final int PIXELS = 256;

    private static final int PATCHES_OF_FISTA = 200;
    private static final int SIDE = 16;
    private static final double TOLERANCE = 1e-3;
    private static final double ACTIVE = 18;

    /** Penalty and atoms. */
    @Param({"l1-256", "l1-1024", "group4-1024"})
    public String size;

    private INDArray patches;
    private INDArray patchesOfFista;
    private INDArray dictionary;
    private INDArray[] correlations;
    private INDArray[] columns;
    private INDArray[] gram;
    private Energy energy;

    /** Patches, atoms and weight of one size. */
    @Setup
    public void prepare() throws IOException {
        int atoms = atoms(size);
        patches = patches(1, PATCHES);
        dictionary = patches(2, atoms).transpose().dup('c');
        dictionary.diviRowVector(dictionary.norm2(0));
        correlations = new INDArray[threads];
        columns = new INDArray[threads];
        gram = new INDArray[threads];
        for (int i = 0; i < threads; i++) {
            correlations[i] = Nd4j.createUninitialized(DataType.FLOAT, share(PATCHES), atoms);
            columns[i] = Nd4j.rand(DataType.FLOAT, SIDE * SIDE, share(atoms));
            gram[i] = Nd4j.createUninitialized(DataType.FLOAT, share(atoms), atoms);
        }
        patchesOfFista = Rows.of(patches, 0, PATCHES_OF_FISTA);
        INDArray sample = Rows.of(patches, 0, 500);
        double low = 0.05;
        double high = 10;
        for (int k = 0; k < 12; k++) {
            double weight = Math.sqrt(low * high);
            energy = energy(weight, atoms);
            double active = active(new CoordinateDescent(1000, TOLERANCE).solve(energy, sample));
            low = active > ACTIVE ? weight : low;
            high = active > ACTIVE ? high : weight;
        }
        Solution solution = coordinateDescent();
        System.out.printf("%s: weight %.3f, %.1f active units, %s%n", size, low, active(solution), solution);
    }

    private Energy energy(double weight, int atoms) {
        Proximal penalty =
                size.startsWith("group") ? new GroupL2Penalty(weight, Groups.blocks(atoms, 4)) : new L1Penalty(weight);
        return new Energy(new DenseOperator(dictionary), penalty);
    }

    private static double active(Solution solution) {
        INDArray code = solution.code();
        return code.neq(0).castTo(DataType.FLOAT).sumNumber().doubleValue() / code.size(0);
    }

    private static INDArray patches(long seed, int number) throws IOException {
        PatchSampler.Builder sampler = PatchSampler.builder()
                .patchSize(SIDE, SIDE)
                .batch(number)
                .patches(number)
                .minimumVariance(0.1)
                .removeMean(true)
                .seed(seed);
        FrequencyWhitening whitening = new FrequencyWhitening(0.4);
        NaturalImages.embedded().forEach((name, image) -> sampler.image(name, whitening.whiten(image)));
        return sampler.build().next().getFeatures();
    }

    /** The number of atoms of a size. */
    static int atoms(String size) {
        return Integer.parseInt(size.substring(size.indexOf('-') + 1));
    }

    /**
     * Operations of the products that a solver needs in any case.
     *
     * @param name of the benchmark
     * @return 10^9 operations
     */
    static double gigaFlops(String size, String name) {
        double atoms = atoms(size);
        return 2e-9 * atoms * PIXELS * (patches(name) + atoms);
    }

    /** The number of patches that a benchmark solves. */
    static int patches(String benchmark) {
        return benchmark.contains("fista") ? PATCHES_OF_FISTA : PATCHES;
    }

    /** Coordinate descent with an active set. */
    @Benchmark
    public Solution coordinateDescent() {
        return new CoordinateDescent(1000, TOLERANCE).solve(energy, patches);
    }

    /** The products that {@link #coordinateDescent} needs. */
    @Benchmark
    public void coordinateDescentProducts() {
        products(patches);
    }

    /** FISTA with restart. */
    @Benchmark
    public Solution fista() {
        return new Fista(1000, TOLERANCE).solve(energy, patchesOfFista);
    }

    /** The products that {@link #fista} needs before its first iteration. */
    @Benchmark
    public void fistaProducts() {
        products(patchesOfFista);
    }

    private void products(INDArray inputs) {
        Tasks.forEach(threads, i -> {
            Nd4j.gemm(columns[i], dictionary, gram[i], true, false, 1, 0);
            long first = inputs.rows() * (long) i / threads;
            INDArray part = Rows.of(inputs, first, inputs.rows() * (i + 1L) / threads - first);
            Products.into(part, false, dictionary, false, Rows.of(correlations[i], 0, part.rows()), 0);
        });
    }
}
