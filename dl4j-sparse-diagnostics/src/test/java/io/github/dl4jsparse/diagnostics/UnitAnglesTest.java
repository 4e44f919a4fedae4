package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class UnitAnglesTest {
    /** Rows at 0, 0.4, 0.6, pi/2 and pi rad from the first axis, of different lengths, and a zero row. */
    private static INDArray encoder() {
        double[] angles = {Math.PI / 2, 0.6, 0, Math.PI, 0.4};
        double[][] rows = new double[6][2];
        for (int i = 0; i < angles.length; i++) {
            rows[i] = new double[] {(i + 1) * Math.cos(angles[i]), (i + 1) * Math.sin(angles[i])};
        }
        return Nd4j.create(rows);
    }

    private static INDArray decoder() {
        return Nd4j.create(new double[][] {{0.5, 1, 2, 3, 4, 5}, {0, 0, 0, 0, 0, 0}});
    }

    @Test
    void findsTheAnglesOfTheConstruction() {
        UnitAngles angles = UnitAngles.of(encoder(), decoder());
        assertArrayEquals(new double[] {Math.PI / 2, 0.6, 0, Math.PI, 0.4, Double.NaN}, angles.angles(), 1e-12);
        assertEquals(2, angles.partUnits());
        assertEquals(2, angles.categoricalUnits());
        assertEquals((1.5 * Math.PI + 1) / 5, angles.mean(), 1e-12);
    }

    @Test
    void ordersPartUnitsFirstAndUnitsWithoutAnAngleLast() {
        assertArrayEquals(
                new int[] {2, 4, 1, 0, 3, 5},
                UnitAngles.of(encoder(), decoder()).order());
    }

    @Test
    void isExactWhereTheEncoderIsTheTransposedDecoder() {
        INDArray decoder = Nd4j.rand(DataType.FLOAT, 7, 5);
        UnitAngles angles = UnitAngles.of(decoder.transpose().mul(0.1), decoder);
        for (double angle : angles.angles()) {
            assertEquals(0, angle, 1e-6);
        }
    }

    @Test
    void hasNoMeanWithoutAnAngle() {
        UnitAngles angles = UnitAngles.of(Nd4j.zeros(3, 2), Nd4j.zeros(2, 3));
        assertTrue(Double.isNaN(angles.mean()));
        assertEquals(0, angles.partUnits() + angles.categoricalUnits());
    }

    @Test
    void refusesShapesThatDoNotFit() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> UnitAngles.of(Nd4j.zeros(3, 2), Nd4j.zeros(3, 2)))
                .getMessage();
        assertEquals("decoder must be of the encoder's shape [3, 2], transposed, got [3, 2]", message);
    }
}
