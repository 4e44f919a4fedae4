package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Compares every loop with the formula for one element, on matrices of one and of several chunks. */
class StepLoopsTest {
    private static double shrink(Shrinkage shrinkage, double v, double b) {
        return shrinkage == Shrinkage.SOFT ? Math.signum(v) * Math.max(0, Math.abs(v) - b) : Math.max(0, v - b);
    }

    private static INDArray matrix(int seed, DataType type, long... shape) {
        return Samples.gaussian(seed, shape).castTo(type);
    }

    /** Any step: the gradient depends on the code alone. */
    private static final StepLoops SOFT = loops(Shrinkage.SOFT, Nd4j.ones(DataType.DOUBLE, 1, 4));

    private static StepLoops loops(Shrinkage shrinkage, INDArray b) {
        return new StepLoops((UnitShrinkage) shrinkage, HostArrays.doubles(b), b.dataType(), true);
    }

    private static INDArray thresholds(DataType type, long units) {
        return Nd4j.linspace(0, 1, units, DataType.DOUBLE).reshape(1, units).castTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "SOFT, DOUBLE, 7, 5",
        "NON_NEGATIVE, DOUBLE, 900, 40",
        "SOFT, FLOAT, 3, 5000",
        "NON_NEGATIVE, FLOAT, 700, 33"
    })
    void stepsAreTheFormula(@ConvertWith(Choice.class) Shrinkage shrinkage, DataType type, long rows, long units) {
        INDArray b = thresholds(type, units);
        StepLoops loops = loops(shrinkage, b);
        INDArray input = matrix(1, type, rows, units);
        INDArray drive = input.dup('c');
        loops.prepare(drive);
        INDArray first = drive.ulike();
        INDArray prepared = drive.dup('c');
        loops.first(drive, first, null);
        INDArray product = matrix(2, type, rows, units);
        INDArray leftOut = matrix(3, type, rows, units);
        INDArray next = product.dup('c');
        loops.next(next, drive, null, null);
        assertEquals(prepared, drive, "the drive is not modified");
        INDArray residual = product.dup('c');
        loops.next(residual, drive, leftOut, null);
        double tolerance = type == DataType.DOUBLE ? 1e-14 : 1e-6;
        for (long row = 0; row < rows; row += Math.max(1, rows / 50)) {
            for (long unit = 0; unit < units; unit++) {
                double x = input.getDouble(row, unit);
                double u = product.getDouble(row, unit);
                double r = leftOut.getDouble(row, unit);
                double threshold = b.getDouble(unit);
                assertEquals(shrink(shrinkage, x, threshold), first.getDouble(row, unit), tolerance);
                assertEquals(shrink(shrinkage, u + x, threshold), next.getDouble(row, unit), tolerance);
                assertEquals(shrink(shrinkage, u + x + r, threshold), residual.getDouble(row, unit), tolerance);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, 7, 5", "FLOAT, 900, 40"})
    void gradientsPassWhereTheCodeIsNotZero(DataType type, long rows, long units) {
        INDArray code = matrix(4, type, rows, units);
        code.muli(code.gt(0.3).castTo(type))
                .subi(matrix(5, type, rows, units).lt(-1).castTo(type));
        INDArray gradient = matrix(6, type, rows, units);
        INDArray leftOut = matrix(7, type, rows, units);
        INDArray delta = gradient.dup('c');
        INDArray sum = Nd4j.valueArrayOf(new long[] {rows, units}, 3e7, type);
        SOFT.back(delta, sum, true, code, null, null);
        INDArray later = gradient.dup('c');
        SOFT.back(later, sum, false, code, leftOut, null);
        double[] signed = StepLoops.signedSums(delta, code);
        double[] expected = new double[(int) units];
        for (long row = 0; row < rows; row++) {
            for (long unit = 0; unit < units; unit++) {
                double g = gradient.getDouble(row, unit);
                double z = code.getDouble(row, unit);
                double r = leftOut.getDouble(row, unit);
                assertEquals(z == 0 ? 0 : g, delta.getDouble(row, unit), 1e-6);
                assertEquals(z == 0 ? 0 : 2 * g + r, sum.getDouble(row, unit), 2e-6);
                expected[(int) unit] += Math.signum(z) * delta.getDouble(row, unit);
            }
        }
        assertArrayEquals(expected, signed, 1e-3);
    }

    private static INDArray code(Shrinkage shrinkage, INDArray drive, INDArray b) {
        StepLoops loops = loops(shrinkage, b);
        INDArray prepared = drive.dup('c');
        loops.prepare(prepared);
        INDArray code = drive.ulike();
        loops.first(prepared, code, null);
        return code;
    }

    /** With respect to the drive, and to the thresholds, summed over the rows. */
    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.nn.lista.Choice#shrinkages")
    void gradientsAgreeWithFiniteDifferences(Shrinkage shrinkage) {
        double step = 1e-6;
        INDArray drive = Samples.gaussian(5, 3, 4);
        INDArray b = Nd4j.create(new double[][] {{0.3, 0.05, 0.7, 0.2}});
        INDArray above = Samples.gaussian(6, 3, 4);
        INDArray delta = above.dup('c');
        INDArray code = code(shrinkage, drive, b);
        SOFT.back(delta, delta.ulike(), true, code, null, null);
        double[] byThreshold = StepLoops.signedSums(delta, code);
        double[] expected = new double[4];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                double v = drive.getDouble(i, j);
                double t = b.getDouble(0, j);
                double slope = (shrink(shrinkage, v + step, t) - shrink(shrinkage, v - step, t)) / (2 * step);
                assertEquals(slope * above.getDouble(i, j), delta.getDouble(i, j), 1e-8);
                double shift = (shrink(shrinkage, v, t + step) - shrink(shrinkage, v, t - step)) / (2 * step);
                expected[j] -= shift * above.getDouble(i, j);
            }
        }
        assertArrayEquals(expected, byThreshold, 1e-8);
        if (shrinkage == Shrinkage.NON_NEGATIVE) {
            assertArrayEquals(expected, StepLoops.sums(delta), 1e-8, "the drive is linear in the thresholds");
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.dl4jsparse.nn.lista.Choice#shrinkages")
    void derivativeAtTheKinkIsZero(Shrinkage shrinkage) {
        INDArray b = Nd4j.create(new double[][] {{0.3, 0, 0.7, 1.1}});
        INDArray delta = Nd4j.ones(DataType.DOUBLE, 1, 4);
        SOFT.back(delta, delta.ulike(), true, code(shrinkage, b.dup('c'), b), null, null);
        assertEquals(Nd4j.zeros(DataType.DOUBLE, 1, 4), delta);
    }

    @Test
    void theSmallestNumbersAreNotZeroAndNaNGoesThrough() {
        INDArray code = Nd4j.createFromArray(new float[][] {{Float.MIN_VALUE, -Float.MIN_VALUE, 0, -0f}});
        INDArray delta = Nd4j.createFromArray(new float[][] {{2, 3, 4, 5}});
        SOFT.back(delta, delta.ulike(), true, code, null, null);
        assertEquals(Nd4j.createFromArray(new float[][] {{2, 3, 0, 0}}), delta);
        INDArray next = Nd4j.createFromArray(new float[][] {{Float.NaN, 1, -1, 0}});
        for (Shrinkage shrinkage : Choice.shrinkages().toList()) {
            INDArray z = next.dup('c');
            loops(shrinkage, Nd4j.zeros(DataType.FLOAT, 1, 4)).next(z, Nd4j.zeros(DataType.FLOAT, 1, 4), null, null);
            assertTrue(Double.isNaN(z.getDouble(0)), shrinkage + " hides NaN");
        }
    }
}
