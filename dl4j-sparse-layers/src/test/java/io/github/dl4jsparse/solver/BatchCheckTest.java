package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.PermutationOperator;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Decoders that depend on the batch: solved correctly if {@code dependsOnBatch} is true, else refused. */
@ExtendWith(DoublePrecision.class)
class BatchCheckTest {
    private static final Solver[] SOLVERS = {new Ista(20000, 1e-8), new Fista(5000, 1e-8), new Ista(20000, 1e-8, true)};

    private final INDArray dictionary = Samples.gaussian(1, 8, 4);
    private final INDArray input = Samples.gaussian(2, 4, 8);
    /** The last example is four times as strong as the first, so that the step of the first is far too large for it. */
    private final INDArray mask = mask();

    private static INDArray mask() {
        INDArray mask = Samples.gaussian(3, 4, 8);
        mask = mask.gt(-1).castTo(DataType.DOUBLE);
        return mask.muliColumnVector(Nd4j.createFromArray(0.5, 1.0, 1.5, 2.0).reshape(4, 1));
    }

    /** Passes on to an operator and does not say what it depends on. */
    private record Silent(LinearOperator operator, boolean onlyWholeBatches) implements LinearOperator {
        @Override
        public void apply(INDArray input, INDArray result, double beta) {
            if (onlyWholeBatches || input.size(0) > 1) {
                operator.apply(input, result, beta);
            } else {
                result.assign(0);
            }
        }

        @Override
        public void adjoint(INDArray output, INDArray result, double beta) {
            if (onlyWholeBatches || output.size(0) > 1) {
                operator.adjoint(output, result, beta);
            } else {
                result.assign(1);
            }
        }

        @Override
        public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
            operator.weightGradient(input, delta, gradient, beta);
        }

        @Override
        public long[] inputShape(long... outputShape) {
            return onlyWholeBatches ? operator.inputShape(outputShape) : new long[] {outputShape[0], 4};
        }

        @Override
        public long[] outputShape(long... inputShape) {
            return onlyWholeBatches ? operator.outputShape(inputShape) : new long[] {inputShape[0], 8};
        }
    }

    /** The codes of a batch are those of every example with a dense decoder of its own, its atoms masked. */
    @Test
    void masksOfExamplesAreSolvedAsEachAlone() {
        L1Penalty penalty = new L1Penalty(0.05);
        Energy energy = new Energy(new DenseOperator(dictionary).masked(mask), penalty);
        INDArray known = input.mul(mask);
        for (Solver solver : SOLVERS) {
            Solution together = solver.solve(energy, known);
            assertTrue(together.converged(), solver + " ended at " + together.worst());
            for (int b = 0; b < 4; b++) {
                INDArray own = dictionary.mulColumnVector(mask.getRow(b).reshape(8, 1));
                INDArray alone = new CoordinateDescent(1000, 1e-12)
                        .solve(new Energy(new DenseOperator(own), penalty), Rows.of(known, b, 1))
                        .code();
                assertEquals(0, Samples.distance(alone, Rows.of(together.code(), b, 1)), 1e-3, "example " + b);
            }
        }
    }

    @Test
    void decodersThatDoNotSaySoAreRefused() {
        LinearOperator masked = new DenseOperator(dictionary).masked(mask);
        for (boolean onlyWhole : new boolean[] {true, false}) {
            Energy energy = new Energy(new Silent(masked, onlyWhole), new L1Penalty(0.05));
            for (Solver solver : new Solver[] {SOLVERS[0], SOLVERS[1]}) {
                String message = assertThrows(IllegalArgumentException.class, () -> solver.solve(energy, input))
                        .getMessage();
                assertTrue(
                        message.startsWith("decoder must map all examples alike, or override dependsOnBatch()"),
                        message);
                assertTrue(message.contains("got Silent"), message);
            }
        }
    }

    @Test
    void decodersOfWholeBatchesAreRefusedWhereABatchIsSplit() {
        INDArray masks = Samples.gaussian(3, 200, 8).gt(-1).castTo(DataType.DOUBLE);
        LinearOperator masked = new DenseOperator(dictionary).masked(masks);
        INDArray many = Samples.gaussian(4, 200, 8);
        for (Solver solver : new Solver[] {SOLVERS[0], SOLVERS[1]}) {
            Energy silent = new Energy(new Silent(masked, true), new L1Penalty(0.05));
            String message = assertThrows(IllegalArgumentException.class, () -> solver.solve(silent, many))
                    .getMessage();
            assertTrue(
                    message.startsWith("decoder must map all examples alike, or override dependsOnBatch()"), message);
            assertDoesNotThrow(() -> solver.solve(new Energy(masked, new L1Penalty(0.05)), many));
        }
    }

    @Test
    void decodersThatMapExamplesAlikeAreTakenInBothPrecisions() {
        LinearOperator alike = new PermutationOperator(new int[] {2, 0, 1}, new double[] {1, 0.01, 3}, 3);
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray x = Samples.gaussian(type, 5, 7, 3);
            // orthogonal to no atom, and nearly so
            x.putScalar(6, 0, 1e-9);
            assertDoesNotThrow(() -> new Fista(500, 1e-5).solve(new Energy(alike, new L1Penalty(0.01)), x));
        }
    }
}
