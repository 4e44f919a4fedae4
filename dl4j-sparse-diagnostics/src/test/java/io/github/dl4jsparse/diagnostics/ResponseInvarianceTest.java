package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ResponseInvarianceTest {
    private static final int SIDE = 25;
    private static final double FREQUENCY = 0.15;

    /** A pair of Gabor filters a quarter turn apart, without a response to constant images: {@code [2, SIDE * SIDE]}. */
    private static INDArray quadrature() {
        INDArray pair = Nd4j.create(DataType.FLOAT, 2, SIDE * SIDE);
        for (int p = 0; p < SIDE * SIDE; p++) {
            double y = p / SIDE - (SIDE - 1) / 2.0;
            double x = p % SIDE - (SIDE - 1) / 2.0;
            double bell = Math.exp(-(x * x + y * y) / (2 * 4 * 4));
            pair.putScalar(0, p, bell * Math.cos(2 * Math.PI * FREQUENCY * y));
            pair.putScalar(1, p, bell * Math.sin(2 * Math.PI * FREQUENCY * y));
        }
        return pair;
    }

    private static INDArray linear(INDArray images) {
        return images.reshape('c', images.size(0), SIDE * SIDE)
                .mmul(quadrature().transpose());
    }

    private static INDArray energy(INDArray images) {
        return linear(images).norm2(true, 1);
    }

    @Test
    void energyOfAQuadraturePairDoesNotDependOnThePhase() {
        Gratings gratings = new Gratings(1, SIDE, SIDE, 12, FREQUENCY);
        ResponseInvariance pooled = ResponseInvariance.underPhases(ResponseInvarianceTest::energy, gratings, 16);
        ResponseInvariance units =
                ResponseInvariance.underPhases(images -> Transforms.abs(linear(images)), gratings, 16);
        assertTrue(pooled.mean() < 1e-3, () -> "energy varies by " + pooled.mean());
        assertEquals(pooled.mean() / units.mean(), pooled.ratioTo(units));
        assertEquals(2, units.variances().length);
    }

    @Test
    void absoluteResponsesVaryAsRectifiedCosines() {
        // |A_i cos(phi)| over all phases: mean 2 A_i / pi, mean square A_i^2 / 2
        int n = 12;
        double[] amplitudes = new double[n];
        Gratings gratings = new Gratings(1, SIDE, SIDE, n, FREQUENCY);
        INDArray inPhase = linear(gratings.phase(0));
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            amplitudes[i] = inPhase.getDouble(i, 0);
            squares += amplitudes[i] * amplitudes[i] / n;
            sum += Math.abs(amplitudes[i]) / n;
        }
        double within = squares * (0.5 - 4 / (Math.PI * Math.PI));
        double all = squares / 2 - 4 * sum * sum / (Math.PI * Math.PI);
        ResponseInvariance units =
                ResponseInvariance.underPhases(images -> Transforms.abs(linear(images)), gratings, 360);
        assertEquals(within / all, units.variances()[0], 1e-3);
    }

    @Test
    void linearResponsesToGratingsHaveNothingButPhase() {
        Gratings gratings = new Gratings(1, SIDE, SIDE, 5, FREQUENCY);
        ResponseInvariance units = ResponseInvariance.underPhases(ResponseInvarianceTest::linear, gratings, 8);
        assertArrayEquals(new double[] {1, 1}, units.variances(), 1e-6);
    }

    @Test
    void shiftsMoveARampByTheirSize() {
        // image i is a_i + s x + 2 s y; a pixel varies by +-d s and +-2 d s, 2/3 of the nine variants each
        int pixels = 2;
        double slope = 0.5;
        double[] levels = {-3, 0, 7};
        INDArray images = Nd4j.create(DataType.DOUBLE, 3, 2, 9, 11);
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 2; c++) {
                for (int y = 0; y < 9; y++) {
                    for (int x = 0; x < 11; x++) {
                        images.putScalar(i, c, y, x, (c + 1) * (levels[i] + slope * x + 2 * slope * y));
                    }
                }
            }
        }
        double within = 5 * slope * slope * pixels * pixels * 2 / 3;
        double mean = 4 / 3.0;
        double between = 0;
        for (double level : levels) {
            between += (level - mean) * (level - mean) / 3;
        }
        ResponseInvariance result = ResponseInvariance.underShifts(x -> x, images, 4, 6, pixels);
        assertEquals(2 * 4 * 6, result.variances().length);
        for (double variance : result.variances()) {
            assertEquals(within / (within + between), variance, 1e-12);
        }
        UnaryOperator<INDArray> scaled = x -> x.mul(-3).addi(100);
        assertArrayEquals(
                result.variances(),
                ResponseInvariance.underShifts(scaled, images, 4, 6, pixels).variances(),
                1e-12);
    }

    @Test
    void windowsLieInTheMiddleAndAroundIt() {
        INDArray image = Nd4j.arange(2 * 7 * 8).reshape('c', 2, 1, 7, 8);
        List<String> first = new ArrayList<>();
        ResponseInvariance.underShifts(
                windows -> {
                    first.add(windows.getInt(0, 0, 0, 0) / 8 + "," + windows.getInt(0, 0, 0, 0) % 8);
                    return windows;
                },
                image,
                3,
                2,
                2);
        assertEquals(List.of("0,1", "0,3", "0,5", "2,1", "2,3", "2,5", "4,1", "4,3", "4,5"), first);
    }

    @Test
    void unitsThatRespondAlikeDoNotCount() {
        INDArray one = Samples.gaussian(1, 4, 3);
        UnaryOperator<INDArray> responses = x -> {
            INDArray copy = x.dup();
            copy.getColumn(1).assign(5);
            return copy;
        };
        ResponseInvariance result = ResponseInvariance.of(responses, List.of(one, one));
        assertArrayEquals(new double[] {0, Double.NaN, 0}, result.variances());
        assertEquals(0, result.mean());
        assertTrue(Double.isNaN(
                ResponseInvariance.of(x -> x.mul(0), List.of(one, one)).mean()));
    }

    @Test
    void refusesWhatDoesNotFit() {
        INDArray images = Samples.gaussian(1, 4, 1, 6, 7);
        assertThrows(IllegalArgumentException.class, () -> ResponseInvariance.underShifts(x -> x, images, 5, 5, 1));
        assertThrows(IllegalArgumentException.class, () -> ResponseInvariance.underShifts(x -> x, images, 4, 6, 1));
        assertThrows(IllegalArgumentException.class, () -> ResponseInvariance.underShifts(x -> x, images, 4, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> ResponseInvariance.of(x -> x, List.of(images)));
        assertThrows(
                IllegalArgumentException.class,
                () -> ResponseInvariance.of(x -> Nd4j.ones(3, 2), List.of(images, images)));
        IllegalArgumentException notFinite = assertThrows(
                IllegalArgumentException.class,
                () -> ResponseInvariance.of(x -> x.dup().putScalar(0, Double.NaN), List.of(images, images)));
        assertEquals("response of unit 0 must be finite, got NaN", notFinite.getMessage());
    }
}
