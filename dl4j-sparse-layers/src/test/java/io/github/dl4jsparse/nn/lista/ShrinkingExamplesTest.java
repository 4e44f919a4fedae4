package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.shrinkage.UnitShrinkage;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a step of several examples, each with a noise level, with the formula for one element. */
class ShrinkingExamplesTest {
    private static final double[] LEVELS = {0, 0.7, 2};
    private static final double[] FIXED = {0.1, 0.3, 0.2, 0.5};
    private static final double[] SLOPES = {0.2, 0, 0.4, 0.1};
    private static final int ROWS = 5;
    private static final int UNITS = 4;

    private static ShrinkingExamples step() {
        double[] both = {0.1, 0.3, 0.2, 0.5, 0.2, 0, 0.4, 0.1};
        List<ShrinkingStep> each = new ArrayList<>();
        for (double level : LEVELS) {
            double[] own = NoiseThresholds.at(level, both);
            each.add(new StepLoops((UnitShrinkage) Shrinkage.SOFT, own, DataType.DOUBLE, false));
        }
        return new ShrinkingExamples(each, LEVELS);
    }

    private static INDArray matrix(int seed) {
        return Samples.gaussian(seed, LEVELS.length * ROWS, UNITS);
    }

    private static double shrunk(double value, int row, int unit) {
        double theta = FIXED[unit] + SLOPES[unit] * LEVELS[row / ROWS];
        return Math.signum(value) * Math.max(0, Math.abs(value) - theta);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyExampleHasThresholdsOfItsLevel(boolean first) {
        INDArray drive = matrix(1);
        INDArray product = matrix(2);
        INDArray code = first ? drive.ulike() : product.dup('c');
        step().prepare(drive);
        if (first) {
            step().first(drive, code, null);
        } else {
            step().next(code, drive, null, null);
        }
        for (int i = 0; i < LEVELS.length * ROWS; i++) {
            for (int j = 0; j < UNITS; j++) {
                double sum = drive.getDouble(i, j) + (first ? 0 : product.getDouble(i, j));
                assertEquals(shrunk(sum, i, j), code.getDouble(i, j), 1e-15);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gradientsAreSumsOverExamplesTimesTheirLevels(boolean first) {
        INDArray code = matrix(1);
        step().first(matrix(1), code, null);
        INDArray above = matrix(3);
        INDArray delta = above.dup('c');
        INDArray drive = matrix(4);
        INDArray before = drive.dup('c');
        double[] found = step().back(delta, drive, first, code, null, null);
        double[] expected = new double[2 * UNITS];
        for (int i = 0; i < LEVELS.length * ROWS; i++) {
            for (int j = 0; j < UNITS; j++) {
                double own = code.getDouble(i, j) == 0 ? 0 : above.getDouble(i, j);
                assertEquals(own, delta.getDouble(i, j), 1e-15);
                assertEquals(own + (first ? 0 : before.getDouble(i, j)), drive.getDouble(i, j), 1e-15);
                double slope = -Math.signum(code.getDouble(i, j)) * own;
                expected[j] += slope;
                expected[UNITS + j] += LEVELS[i / ROWS] * slope;
            }
        }
        assertEquals(2 * UNITS, found.length);
        for (int j = 0; j < found.length; j++) {
            assertEquals(expected[j], found[j], 1e-12, "threshold " + j);
        }
    }
}
