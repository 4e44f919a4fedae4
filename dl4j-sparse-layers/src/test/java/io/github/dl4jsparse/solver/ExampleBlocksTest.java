package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Solution.Certificate;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExampleBlocksTest {
    private static final Energy ENERGY = new Energy(new DenseOperator(Samples.gaussian(1, 3, 5)), new L1Penalty(1));

    /** A solution whose code is the start, plus 1, and whose energies are as many as the block has examples. */
    private static Solution next(Energy energy, INDArray input, INDArray start) {
        double[] energies = new double[(int) input.size(0)];
        Arrays.setAll(energies, k -> 10.0 - k);
        INDArray code = energy.prediction() == null ? start.add(1) : start.add(energy.prediction());
        return new Solution(
                code, energies, Certificate.DUALITY_GAP, input.getDouble(0, 0), energies.length - 1, input.size(0) < 4);
    }

    @Test
    void everyExampleIsInOneBlockAndItsCodeInItsRow() {
        for (boolean inOrder : new boolean[] {true, false}) {
            INDArray input = Samples.gaussian(2, 14, 3);
            INDArray start = Samples.gaussian(3, 14, 5);
            INDArray prediction = Samples.gaussian(4, 14, 5);
            ConcurrentLinkedQueue<Long> sizes = new ConcurrentLinkedQueue<>();
            Solution solution = new ExampleBlocks(
                            ENERGY.near(inOrder ? prediction : prediction.dup('f'), 1),
                            inOrder ? input : input.dup('f'),
                            3)
                    .solve(inOrder ? start : start.dup('f'), (energy, inputs, starts) -> {
                        sizes.add(inputs.size(0));
                        return next(energy, inputs, starts);
                    });
            assertEquals(start.add(prediction), solution.code());
            assertEquals(4, sizes.size());
            assertEquals(14, sizes.stream().mapToLong(n -> n).sum());
        }
    }

    @Test
    void energiesAreSumsAndCertificatesTheWorst() {
        INDArray input = Samples.gaussian(2, 7, 3);
        Solution solution =
                new ExampleBlocks(ENERGY, input, 3).solve(Samples.gaussian(3, 7, 5), ExampleBlocksTest::next);
        // three and four examples, of which one ends an iteration earlier
        assertArrayEquals(new double[] {20, 18, 16, 8 + 7}, solution.energies());
        assertEquals(3, solution.iterations());
        assertEquals(Math.max(input.getDouble(0, 0), input.getDouble(3, 0)), solution.worst());
        assertTrue(!solution.converged());
    }

    @Test
    void startAndPredictionOfAnotherShapeAreRefused() {
        INDArray input = Samples.gaussian(2, 8, 3);
        INDArray wrong = Samples.gaussian(2, 8, 4);
        refused("start must be of shape [8, 5], got [8, 4]", () -> new ExampleBlocks(ENERGY, input, 2)
                .solve(wrong, ExampleBlocksTest::next));
        refused(
                "prediction must be of shape [8, 5], got [8, 4]",
                () -> new ExampleBlocks(ENERGY.near(wrong, 1), input, 2).solve(null, ExampleBlocksTest::next));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
