package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdingTest {
    private static final double[] THRESHOLD = {0.3, 0, 0.7, 1.1};

    private static double oracle(Thresholding shrinkage, double v, double b) {
        if (shrinkage == Thresholding.NON_NEGATIVE) {
            return v > b ? v - b : 0;
        }
        return v > b ? v - b : v < -b ? v + b : 0;
    }

    private static double[] shrink(Thresholding shrinkage, double[] drive, double[] threshold) {
        double[] code = drive.clone();
        shrinkage.shrink(code, threshold, code.length);
        return code;
    }

    /** Random drives, and the kinks themselves. */
    private static double[][] drives() {
        double[][] drives = Samples.gaussian(3, 6, 4).toDoubleMatrix();
        drives[4] = THRESHOLD.clone();
        drives[5] = Arrays.stream(THRESHOLD).map(b -> -b).toArray();
        return drives;
    }

    @ParameterizedTest
    @EnumSource(Thresholding.class)
    void agreesWithTheFormulaElementByElement(Thresholding shrinkage) {
        for (double[] drive : drives()) {
            double[] code = shrink(shrinkage, drive, THRESHOLD);
            for (int j = 0; j < drive.length; j++) {
                double expected = oracle(shrinkage, drive[j], THRESHOLD[j]);
                assertEquals(expected, code[j], 1e-15);
                assertEquals(expected == 0, code[j] == 0, "zeros are exact");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Thresholding.class)
    void zerosAreExactInFloatToo(Thresholding shrinkage) {
        float[] threshold = {0.3f, 0, 0.7f, 1.1f};
        int zeros = 0;
        for (float[] drive : Samples.gaussian(4, 50, 4).toFloatMatrix()) {
            float[] code = drive.clone();
            shrinkage.shrink(code, threshold, code.length);
            for (int j = 0; j < 4; j++) {
                double expected = oracle(shrinkage, drive[j], threshold[j]);
                assertEquals(expected, code[j], 1e-6);
                if (expected == 0) {
                    zeros++;
                    assertEquals(0.0, Math.abs(code[j]));
                }
            }
        }
        assertTrue(zeros > 20);
    }

    @ParameterizedTest
    @EnumSource(Thresholding.class)
    void onlyTheFirstUnitsAreShrunkAndThresholdsAreKept(Thresholding shrinkage) {
        double[] code = {2, -2, 2, 2};
        double[] threshold = THRESHOLD.clone();
        shrinkage.shrink(code, threshold, 2);
        assertArrayEquals(THRESHOLD, threshold);
        assertEquals(oracle(shrinkage, 2, 0.3), code[0], 1e-15);
        assertEquals(oracle(shrinkage, -2, 0), code[1], 1e-15);
        assertArrayEquals(new double[] {2, 2}, Arrays.copyOfRange(code, 2, 4));
    }

    @Test
    void moreThresholdIsNeverMoreCode() {
        double[] more = Arrays.stream(THRESHOLD).map(b -> b + 0.1).toArray();
        for (Thresholding shrinkage : Thresholding.values()) {
            double before = 0;
            double after = 0;
            for (double[] drive : Samples.gaussian(8, 20, 4).toDoubleMatrix()) {
                before += Arrays.stream(shrink(shrinkage, drive, THRESHOLD))
                        .map(Math::abs)
                        .sum();
                after += Arrays.stream(shrink(shrinkage, drive, more))
                        .map(Math::abs)
                        .sum();
            }
            assertTrue(after < before, shrinkage + ": " + after + " < " + before);
        }
    }
}
