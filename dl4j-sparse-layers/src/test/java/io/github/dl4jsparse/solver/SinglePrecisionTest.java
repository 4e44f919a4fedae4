package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Certificates in single precision agree with those of the same codes in double precision. */
class SinglePrecisionTest {
    private static INDArray dictionary(int inputs, int units) {
        return UnitVectors.columns(Samples.gaussian(3, inputs, units));
    }

    private static Energy energy(INDArray dictionary, Penalty penalty, DataType type) {
        return new Energy(new DenseOperator(dictionary.castTo(type)), penalty);
    }

    /** Inputs that the dictionary describes but for the penalty: |x|^2 is 1e6 to 1e8 times the energy. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-5})
    void energyAndCertificateOfWellDescribedInputs(double lambda) {
        INDArray d = dictionary(20, 20);
        INDArray x = Samples.gaussian(4, 5, 20).muli(100).mmul(d.transpose()).dup('c');
        Penalty penalty = new L1Penalty(lambda);
        Energy exact = energy(d, penalty, DataType.DOUBLE);
        double least = new CoordinateDescent(5000, 1e-8).solve(exact, x).energy();
        for (Solver solver : List.of(new CoordinateDescent(2000, 1e-3), new Fista(5000, 1e-3))) {
            Solution found = solver.solve(energy(d, penalty, DataType.FLOAT), x.castTo(DataType.FLOAT));
            assertEquals(DataType.FLOAT, found.code().dataType());
            double own = exact.value(x, found.code().castTo(DataType.DOUBLE));
            assertEquals(own, found.energy(), 1e-3 * own, solver.toString());
            assertTrue(found.converged(), found.toString());
            assertTrue(own <= 1.002 * least, own + " above " + least);
        }
    }

    @Test
    void energyOfLateralInhibitionOfWellDescribedInputs() {
        INDArray d = dictionary(20, 20);
        INDArray x = Samples.gaussian(4, 5, 20).muli(100).mmul(d.transpose()).dup('c');
        Penalty penalty = new LateralInhibitionPenalty(1e-8, InhibitionMatrix.ring(20, 0, 2, 1), new L1Penalty(1e-4));
        Energy exact = energy(d, penalty, DataType.DOUBLE);
        Energy single = energy(d, penalty, DataType.FLOAT);
        for (Solver solver : List.of(new InhibitionCoordinateDescent(300, 1e-6), new MajorizedIsta(300, 1e-6))) {
            Solution found = solver.solve(single, x.castTo(DataType.FLOAT));
            double own = exact.value(x, found.code().castTo(DataType.DOUBLE));
            assertTrue(own < 1e-3 * Samples.dot(x, x), "the energy of " + solver + " is no small difference");
            assertEquals(own, found.energy(), 2e-3 * own, solver.toString());
        }
    }

    @Test
    void energyOfAConvolutionOfWellDescribedImages() {
        ConvolutionGeometry geometry =
                ConvolutionGeometry.same(1, new int[] {6, 5}, new int[] {2, 2}, new int[] {1, 1});
        INDArray d = dictionary(4, 4);
        var decoder = geometry.transposedConvolution(d);
        INDArray z = Samples.gaussian(6, decoder.inputShape(2, 6, 5, 1)).muli(100);
        Energy exact = new Energy(decoder, new L1Penalty(1e-3));
        INDArray x = exact.image(z);
        Energy single = new Energy(decoder.castTo(DataType.FLOAT).orElseThrow(), new L1Penalty(1e-3));
        Solution found = new Fista(300, 1e-3).solve(single, x.castTo(DataType.FLOAT));
        double own = exact.value(x, found.code().castTo(DataType.DOUBLE));
        assertTrue(own < 1e-3 * Samples.dot(x, x), "the energy is no small difference");
        assertEquals(own, found.energy(), 1e-3 * own);
    }

    /** Without restart by energies: in single precision their rounding restarted the momentum hundreds of times. */
    @Test
    void fistaNeedsNoMoreIterationsThanInDoublePrecision() {
        INDArray d = dictionary(72, 144);
        INDArray x = Samples.gaussian(6, 60, 72);
        Fista solver = new Fista(5000, 1e-4);
        int exact =
                solver.solve(energy(d, new L1Penalty(0.1), DataType.DOUBLE), x).iterations();
        Solution single = solver.solve(energy(d, new L1Penalty(0.1), DataType.FLOAT), x.castTo(DataType.FLOAT));
        assertTrue(single.converged() && single.iterations() <= 1.5 * exact, exact + ", " + single);
    }

    /** Nor where the proximal operator is inexact. */
    @Test
    void fistaWithAnInexactProxNeedsNoMoreIterations() {
        INDArray d = dictionary(12, 16);
        INDArray x = Samples.gaussian(6, 6, 12);
        Groups groups =
                Groups.of(16, new int[][] {{0, 1, 2, 3, 4}, {4, 5, 6, 7, 8}, {8, 9, 10, 11, 12}, {12, 13, 14, 15, 0}});
        Penalty penalty = new OverlappingGroupPenalty(0.1, groups);
        Fista solver = new Fista(3000, 1e-4);
        Solution exact = solver.solve(energy(d, penalty, DataType.DOUBLE), x);
        Solution single = solver.solve(energy(d, penalty, DataType.FLOAT), x.castTo(DataType.FLOAT));
        assertTrue(exact.converged() && single.converged(), exact + ", " + single);
        assertTrue(single.iterations() <= 1.5 * exact.iterations(), exact + ", " + single);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT,1e-25", "FLOAT,1e15", "DOUBLE,1e-100", "DOUBLE,1e100"})
    void codesScaleWithInputsAndWeight(DataType type, double scale) {
        INDArray d = Samples.gaussian(7, 6, 8);
        INDArray x = Samples.gaussian(8, 4, 6);
        for (Solver solver : List.of(
                new CoordinateDescent(1000, 1e-4),
                new Fista(2000, 1e-4),
                new Fista(2000, 1e-4, true, true),
                new Ista(5000, 1e-3))) {
            INDArray one = solver.solve(energy(d, new L1Penalty(0.1), DataType.DOUBLE), x)
                    .code();
            Solution scaled = solver.solve(
                    energy(d, new L1Penalty(0.1 * scale), type), x.mul(scale).castTo(type));
            assertTrue(scaled.converged(), solver + ": " + scaled);
            INDArray back = scaled.code().castTo(DataType.DOUBLE).div(scale);
            assertEquals(0, Samples.distance(one, back), 0.02, solver.toString());
            assertTrue(back.norm1Number().doubleValue() > 1);
        }
    }

    @Test
    void inputsWhoseSquaresDoublePrecisionDoesNotHoldAreRefused() {
        INDArray d = Samples.gaussian(7, 6, 8);
        INDArray x = Samples.gaussian(8, 4, 6).mul(1e-200);
        for (Solver solver : List.of(new CoordinateDescent(10, 1e-4), new Fista(10, 1e-4))) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> solver.solve(energy(d, new L1Penalty(1e-201), DataType.DOUBLE), x))
                    .getMessage();
            assertTrue(message.startsWith("input must be of a squared norm that double precision holds"), message);
        }
        Solution zeros = new Fista(10, 1e-4)
                .solve(energy(d, new L1Penalty(0.1), DataType.FLOAT), Nd4j.zeros(DataType.FLOAT, 2, 6));
        assertTrue(zeros.converged());
    }
}
