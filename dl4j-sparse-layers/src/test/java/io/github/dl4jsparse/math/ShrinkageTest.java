package io.github.dl4jsparse.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShrinkageTest {
    private static final INDArray THRESHOLD = Nd4j.create(new double[][] {{0.3, 0, 0.7, 1.1}});

    private static double oracle(Shrinkage shrinkage, double v, double b) {
        if (shrinkage == Shrinkage.NON_NEGATIVE) {
            return v > b ? v - b : 0;
        }
        return v > b ? v - b : v < -b ? v + b : 0;
    }

    private static INDArray shrink(Shrinkage shrinkage, INDArray drive, INDArray threshold) {
        INDArray prepared = drive.dup();
        INDArray spread = shrinkage.prepare(prepared, threshold);
        INDArray code = prepared.ulike();
        shrinkage.shrink(prepared, spread, code, prepared.ulike());
        return code;
    }

    /** Random drives, and the kinks themselves. */
    private static INDArray drives() {
        INDArray drives = Samples.gaussian(3, 6, 4);
        drives.putRow(4, THRESHOLD);
        drives.putRow(5, THRESHOLD.neg());
        return drives;
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void agreesWithTheFormulaElementByElement(Shrinkage shrinkage) {
        INDArray drives = drives();
        INDArray code = shrink(shrinkage, drives, THRESHOLD);
        for (int i = 0; i < drives.rows(); i++) {
            for (int j = 0; j < drives.columns(); j++) {
                double expected = oracle(shrinkage, drives.getDouble(i, j), THRESHOLD.getDouble(0, j));
                assertEquals(expected, code.getDouble(i, j), 1e-15);
                assertEquals(expected == 0, code.getDouble(i, j) == 0, "zeros are exact");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void zerosAreExactInFloatToo(Shrinkage shrinkage) {
        INDArray drives = Samples.gaussian(DataType.FLOAT, 4, 50, 4);
        INDArray code = shrink(shrinkage, drives, THRESHOLD.castTo(DataType.FLOAT));
        int zeros = 0;
        for (int i = 0; i < 50; i++) {
            for (int j = 0; j < 4; j++) {
                double expected = oracle(shrinkage, drives.getDouble(i, j), (float) THRESHOLD.getDouble(0, j));
                assertEquals(expected, code.getDouble(i, j), 1e-6);
                if (expected == 0) {
                    zeros++;
                    assertEquals(0.0, Math.abs(code.getDouble(i, j)));
                }
            }
        }
        assertTrue(zeros > 20);
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void codeMayBeTheDriveItself(Shrinkage shrinkage) {
        INDArray separate = shrink(shrinkage, drives(), THRESHOLD);
        INDArray drive = drives();
        INDArray spread = shrinkage.prepare(drive, THRESHOLD);
        shrinkage.shrink(drive, spread, drive, drive.ulike());
        assertEquals(separate, drive);
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void shrinkKeepsItsArguments(Shrinkage shrinkage) {
        INDArray drive = drives();
        INDArray threshold = THRESHOLD.dup();
        INDArray spread = shrinkage.prepare(drive, threshold);
        INDArray prepared = drive.dup();
        INDArray spreadBefore = spread == null ? null : spread.dup();
        shrinkage.shrink(drive, spread, drive.ulike(), drive.ulike());
        assertEquals(prepared, drive);
        assertEquals(spreadBefore, spread);
        assertEquals(THRESHOLD, threshold);
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void gradientsAgreeWithFiniteDifferences(Shrinkage shrinkage) {
        double step = 1e-6;
        INDArray drive = Samples.gaussian(5, 3, 4);
        INDArray threshold = Nd4j.create(new double[][] {{0.3, 0.05, 0.7, 0.2}});
        INDArray above = Samples.gaussian(6, 3, 4);
        INDArray gradient = above.dup();
        INDArray sign = drive.ulike();
        INDArray code = shrink(shrinkage, drive, threshold);
        shrinkage.backward(code, gradient, sign);
        INDArray byDrive = gradient.dup();
        INDArray byThreshold = Nd4j.zeros(DataType.DOUBLE, 3, 4);
        shrinkage.addThresholdGradient(gradient, sign, byThreshold);
        assertEquals(byDrive, gradient, "the gradient is not modified");
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                double v = drive.getDouble(i, j);
                double b = threshold.getDouble(0, j);
                double slope = (oracle(shrinkage, v + step, b) - oracle(shrinkage, v - step, b)) / (2 * step);
                assertEquals(slope * above.getDouble(i, j), byDrive.getDouble(i, j), 1e-8);
                double shift = (oracle(shrinkage, v, b + step) - oracle(shrinkage, v, b - step)) / (2 * step);
                assertEquals(shift * above.getDouble(i, j), byThreshold.getDouble(i, j), 1e-8);
            }
        }
        assertEquals(shrinkage.isLinearInThreshold(), byThreshold.equals(byDrive.neg()));
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void thresholdGradientsAddUp(Shrinkage shrinkage) {
        INDArray code = shrink(shrinkage, drives(), THRESHOLD);
        INDArray gradient = Samples.gaussian(7, 6, 4);
        INDArray sign = code.ulike();
        shrinkage.backward(code, gradient, sign);
        INDArray fromZero = Nd4j.zeros(DataType.DOUBLE, 6, 4);
        shrinkage.addThresholdGradient(gradient, sign.dup(), fromZero);
        INDArray fromTwo = Nd4j.valueArrayOf(new long[] {6, 4}, 2.0, DataType.DOUBLE);
        shrinkage.addThresholdGradient(gradient, sign.dup(), fromTwo);
        assertEquals(0, Samples.distance(fromZero.add(2), fromTwo), 1e-15);
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void derivativeAtTheKinkIsZero(Shrinkage shrinkage) {
        INDArray atKink = THRESHOLD.dup();
        INDArray code = shrink(shrinkage, atKink, THRESHOLD);
        INDArray gradient = Nd4j.ones(DataType.DOUBLE, 1, 4);
        shrinkage.backward(code, gradient, code.ulike());
        assertEquals(Nd4j.zeros(DataType.DOUBLE, 1, 4), gradient);
    }

    @Test
    void moreThresholdIsNeverMoreCode() {
        INDArray drives = Samples.gaussian(8, 20, 4);
        for (Shrinkage shrinkage : Shrinkage.values()) {
            double before = shrink(shrinkage, drives, THRESHOLD).norm1Number().doubleValue();
            double after =
                    shrink(shrinkage, drives, THRESHOLD.add(0.1)).norm1Number().doubleValue();
            assertTrue(after < before, shrinkage + ": " + after + " < " + before);
        }
    }
}
