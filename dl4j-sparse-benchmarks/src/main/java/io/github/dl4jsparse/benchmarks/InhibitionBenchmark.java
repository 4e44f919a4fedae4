package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.parallel.Tasks;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.MajorizedIsta;
import io.github.dl4jsparse.solver.Solution;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The majorised parallel step of lateral inhibition, {@value #STEPS} iterations on a batch, beside the matrix products that it needs:
 * {@code D'D} and {@code D'x} once, and a product with {@code D'D} and one with S for each iteration.
 */
public class InhibitionBenchmark extends ThreadedBenchmark {
    private static final int STEPS = 50;

    /** Batch x inputs x units. */
    @Param("256x256x400")
    public String size;

    private INDArray x;
    private INDArray dictionary;
    private INDArray inhibition;
    private INDArray[] inputs;
    private INDArray[] codes;
    private INDArray[] results;
    private Energy energy;

    /** A random dictionary under an annulus of a map. */
    @Setup
    public void prepare() {
        int[] numbers = sizes(size);
        Nd4j.getRandom().setSeed(1);
        x = Nd4j.randn(DataType.FLOAT, numbers[0], numbers[1]);
        dictionary = Nd4j.randn(DataType.FLOAT, numbers[1], numbers[2]);
        dictionary.diviRowVector(dictionary.norm2(0));
        int side = (int) Math.sqrt(numbers[2]);
        InhibitionMatrix annulus = InhibitionMatrix.annulus(side, numbers[2] / side, 1.5, 5, 1);
        inhibition = Nd4j.create(annulus.toArray()).castTo(DataType.FLOAT);
        inputs = new INDArray[threads];
        codes = new INDArray[threads];
        results = new INDArray[threads];
        for (int i = 0; i < threads; i++) {
            inputs[i] = Nd4j.randn(DataType.FLOAT, share(numbers[0]), numbers[1]);
            codes[i] = Nd4j.randn(DataType.FLOAT, share(numbers[0]), numbers[2]);
            results[i] = codes[i].ulike();
        }
        energy = new Energy(
                new DenseOperator(dictionary), new LateralInhibitionPenalty(0.05, annulus, new L1Penalty(0.05)));
    }

    /** Batch, inputs and units of a size. */
    private static int[] sizes(String size) {
        String[] parts = size.split("x");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])};
    }

    /** Operations of the products, 10^9. */
    static double gigaFlops(String size) {
        int[] n = sizes(size);
        double once = (double) n[1] * n[2] * (n[0] + n[2]);
        return 2e-9 * (once + 2.0 * STEPS * n[0] * n[2] * n[2]);
    }

    /** All iterations, without an end by convergence. */
    @Benchmark
    public Solution majorised() {
        return new MajorizedIsta(STEPS, 1e-30).solve(energy, x);
    }

    /** The products that {@link #majorised} needs. */
    @Benchmark
    public void majorisedProducts() {
        INDArray gram = Nd4j.gemm(dictionary, dictionary, true, false);
        Tasks.forEach(threads, i -> {
            Nd4j.gemm(inputs[i], dictionary, results[i], false, false, 1, 0);
            for (int k = 0; k < STEPS; k++) {
                Nd4j.gemm(codes[i], gram, results[i], false, false, 1, 0);
                Nd4j.gemm(codes[i], inhibition, results[i], false, false, 1, 0);
            }
        });
    }
}
