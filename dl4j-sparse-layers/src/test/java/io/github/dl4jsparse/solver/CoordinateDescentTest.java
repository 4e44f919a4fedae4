package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.BlockSeparable;
import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.SolverContract;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class CoordinateDescentTest extends SolverContract {
    private static final int ROWS = 300;
    private static final int UNITS = 200;

    @Override
    protected Solver solver(int maxIterations, double tolerance) {
        return new CoordinateDescent(maxIterations, tolerance);
    }

    private static INDArray dictionary() {
        return UnitVectors.columns(Samples.gaussian(1, 40, UNITS)).castTo(DataType.FLOAT);
    }

    private static INDArray inputs() {
        return Samples.gaussian(2, ROWS, 40).castTo(DataType.FLOAT);
    }

    private static List<BlockSeparable> penalties() {
        double[] weights = new double[UNITS];
        for (int i = 0; i < UNITS; i++) {
            weights[i] = 0.5 + 0.005 * i;
        }
        return List.of(
                new L1Penalty(0.8),
                new L1Penalty(0.8).asNonNegative(),
                new L1Penalty(weights),
                new GroupL2Penalty(0.8, Groups.blocks(UNITS, 4)));
    }

    /** Units are chosen in single precision; the certificate is that of double precision all the same. */
    @Test
    void certificateOfSinglePrecisionIsExact() {
        for (BlockSeparable penalty : penalties()) {
            Energy fine = new Energy(new DenseOperator(dictionary().castTo(DataType.DOUBLE)), penalty);
            INDArray x = inputs().castTo(DataType.DOUBLE);
            for (double tolerance : new double[] {1e-1, 1e-3, 1e-4}) {
                Solution found = new CoordinateDescent(1000, tolerance)
                        .solve(new Energy(new DenseOperator(dictionary()), penalty), inputs())
                        .requireConverged();
                assertTrue(found.worst() <= tolerance);
                Quadratic quadratic = Quadratic.of(fine, x);
                double exact =
                        new Certifier(quadratic, penalty).worst(found.code().castTo(DataType.DOUBLE));
                // the codes are rounded after the certificate
                assertEquals(exact, found.worst(), 2e-6, penalty.toString());
                double least = new CoordinateDescent(1000, 1e-9).solve(fine, x).energy();
                assertTrue(found.energy() >= least * (1 - 1e-9), found + " below " + least);
                assertTrue(found.energy() <= least * (1 + tolerance), found + " above " + least);
            }
        }
    }

    @Test
    void startFromAnotherCodeLeadsToTheSameEnergy() {
        for (BlockSeparable penalty : penalties()) {
            Energy energy = new Energy(new DenseOperator(dictionary()), penalty);
            double expected =
                    new CoordinateDescent(1000, 1e-6).solve(energy, inputs()).energy();
            INDArray start = Samples.gaussian(3, ROWS, UNITS).castTo(DataType.FLOAT);
            INDArray kept = start.dup();
            // most are zero
            start.muli(start.gt(1.5).castTo(DataType.FLOAT));
            Solution found = new CoordinateDescent(1000, 1e-6).solve(energy, inputs(), start);
            assertEquals(expected, found.energy(), 2e-6 * expected, penalty.toString());
            assertEquals(kept.muli(kept.gt(1.5).castTo(DataType.FLOAT)), start);
        }
    }
}
