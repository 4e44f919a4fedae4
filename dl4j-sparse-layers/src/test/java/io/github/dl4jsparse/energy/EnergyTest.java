package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.PermutationOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class EnergyTest {
    private static final double LAMBDA = 0.3;
    private static final double ALPHA = 0.7;

    private final INDArray dictionary = Samples.gaussian(1, 4, 6);
    private final INDArray input = Samples.gaussian(2, 3, 4);
    private final INDArray code = Samples.gaussian(3, 3, 6);
    private final INDArray prediction = Samples.gaussian(4, 3, 6);
    private final Energy energy = new Energy(new DenseOperator(dictionary), new L1Penalty(LAMBDA));

    /** {@code x - D z} of one example. */
    private static double[] residual(double[][] dictionary, double[] x, double[] z) {
        double[] residual = x.clone();
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < z.length; j++) {
                residual[i] -= dictionary[i][j] * z[j];
            }
        }
        return residual;
    }

    /** The energy of one example with the L1 penalty, by its definition. */
    private static double energy(double[] residual, double[] z, double[] f, double alpha) {
        double sum = DoubleStream.of(residual).map(r -> r * r).sum() / 2;
        for (int j = 0; j < z.length; j++) {
            sum += LAMBDA * Math.abs(z[j]) + alpha / 2 * (z[j] - f[j]) * (z[j] - f[j]);
        }
        return sum;
    }

    private void assertValues(Energy tested, INDArray atoms, INDArray codes, double alpha, double tolerance) {
        INDArray values = tested.values(input.castTo(codes.dataType()), codes);
        assertArrayEquals(new long[] {3, 1}, values.shape());
        assertEquals(codes.dataType(), values.dataType());
        double[][] z = Samples.rows(Energy.rows(codes));
        double total = 0;
        for (int i = 0; i < z.length; i++) {
            double[] residual = residual(Samples.rows(atoms), Samples.rows(input)[i], z[i]);
            double expected = energy(residual, z[i], Samples.rows(prediction)[i], alpha);
            assertEquals(expected, values.getDouble(i), tolerance);
            total += expected;
        }
        assertEquals(total, tested.value(input.castTo(codes.dataType()), codes), 3 * tolerance);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void valuesAreThoseOfTheDefinition(DataType type) {
        double tolerance = type == DataType.FLOAT ? 1e-4 : 1e-12;
        Energy typed = new Energy(new DenseOperator(dictionary.castTo(type)), new L1Penalty(LAMBDA));
        assertValues(typed, dictionary, code.castTo(type), 0, tolerance);
        assertValues(typed.near(prediction.castTo(type), ALPHA), dictionary, code.castTo(type), ALPHA, tolerance);
    }

    @Test
    void argumentsAreNotModified() {
        energy.near(prediction, ALPHA).values(input, code);
        energy.residual(input, code);
        assertEquals(Samples.gaussian(1, 4, 6), dictionary);
        assertEquals(Samples.gaussian(2, 3, 4), input);
        assertEquals(Samples.gaussian(3, 3, 6), code);
        assertEquals(Samples.gaussian(4, 3, 6), prediction);
    }

    @Test
    void residualIsInputMinusReconstruction() {
        INDArray residual = energy.residual(input, code);
        for (int i = 0; i < 3; i++) {
            double[] expected = residual(Samples.rows(dictionary), Samples.rows(input)[i], Samples.rows(code)[i]);
            assertArrayEquals(expected, residual.getRow(i).toDoubleVector(), 1e-12);
        }
    }

    @Test
    void codesOfRankFourAreRowsToThePenalty() {
        PermutationOperator permutation =
                new PermutationOperator(new int[] {2, 0, 3, 1}, new double[] {1, -2, 0.5, 3}, 2, 1, 2);
        Energy ranked = new Energy(permutation, new L1Penalty(LAMBDA));
        INDArray rows = Samples.gaussian(5, 3, 4);
        assertValues(ranked, permutation.matrix(), rows.reshape('c', 3, 2, 1, 2), 0, 1e-12);
        INDArray f = prediction.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 4));
        assertValues(
                ranked.near(f.dup('c').reshape('c', 3, 2, 1, 2), ALPHA),
                permutation.matrix(),
                rows.reshape('c', 3, 2, 1, 2),
                ALPHA,
                1e-12);
        assertSame(rows, Energy.rows(rows));
        assertEquals(rows, Energy.rows(rows.dup('f').reshape('f', 3, 4)));
        assertEquals(rows, Energy.rows(rows.reshape('c', 3, 2, 1, 2).dup('f')));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void badPartsAreRefused() {
        DenseOperator decoder = new DenseOperator(dictionary);
        L1Penalty penalty = new L1Penalty(LAMBDA);
        refused("decoder must be given, got null", () -> new Energy(null, penalty));
        refused("penalty must be given, got null", () -> new Energy(decoder, null));
        refused("predictionWeight must be finite and > 0, got 0.0", () -> energy.near(prediction, 0));
        refused("predictionWeight must be finite and > 0, got NaN", () -> energy.near(prediction, Double.NaN));
        refused("prediction must be given, got null", () -> energy.near(null, ALPHA));
        refused("predictionWeight must be finite and >= 0, got -1.0", () -> new Energy(decoder, penalty, -1, null));
        refused(
                "prediction must be given exactly if its weight is above 0, got null",
                () -> new Energy(decoder, penalty, ALPHA, null));
        String message = assertThrows(IllegalArgumentException.class, () -> new Energy(decoder, penalty, 0, prediction))
                .getMessage();
        assertEquals(0, message.indexOf("prediction must be given exactly if its weight is above 0, got [["), message);
    }
}
