package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExampleMaskTest {
    private static final INDArray MASK = Nd4j.createFromArray(1f, 0f, 1f);

    @Test
    void silencesExamplesOfAnyShape() {
        for (long[] shape : new long[][] {{3, 4}, {3, 2, 5, 2}}) {
            INDArray array = Samples.gaussian(1, shape);
            INDArray expected = array.dup();
            expected.slice(1).assign(0);
            ExampleMask.apply(MASK, 3, array, "layer");
            assertEquals(expected, array);
        }
    }

    @Test
    void takesMasksOfAnyPrecisionAndShape() {
        INDArray array = Nd4j.ones(DataType.FLOAT, 3, 2);
        ExampleMask.apply(MASK.castTo(DataType.DOUBLE).reshape(3, 1), 3, array, "layer");
        assertEquals(Nd4j.createFromArray(new float[][] {{1, 1}, {0, 0}, {1, 1}}), array);
    }

    @Test
    void leavesAllWithoutAMask() {
        INDArray array = Nd4j.ones(3, 2);
        ExampleMask.apply(null, 3, array, "layer");
        assertEquals(Nd4j.ones(3, 2), array);
    }

    @Test
    void refusesMasksOfAnotherLength() {
        DL4JInvalidInputException e = assertThrows(
                DL4JInvalidInputException.class, () -> ExampleMask.apply(MASK, 4, Nd4j.ones(4, 2), "(layer pool)"));
        assertEquals("mask must have one value per example, for a batch of 4, got [3] (layer pool)", e.getMessage());
    }

    @Test
    void rowsOfTimeStepsHaveMasksOfTheirOwnOrThoseOfTheirExamples() {
        INDArray rows = Nd4j.ones(DataType.DOUBLE, 6, 2);
        INDArray steps = Nd4j.createFromArray(new double[][] {{1, 0, 1}, {0, 1, 0.5}});
        ExampleMask.applyToRows(steps, 2, rows, "(here)");
        assertArrayEquals(new double[] {1, 0, 1, 0, 1, 0.5}, rows.getColumn(1).toDoubleVector());
        ExampleMask.applyToRows(steps.dup('f'), 2, rows.assign(1), "(here)");
        assertArrayEquals(new double[] {1, 0, 1, 0, 1, 0.5}, rows.getColumn(0).toDoubleVector());
        ExampleMask.applyToRows(Nd4j.createFromArray(new double[][] {{0}, {1}}), 2, rows.assign(1), "(here)");
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, 1}, rows.getColumn(0).toDoubleVector());
        ExampleMask.applyToRows(null, 2, rows, "(here)");
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, 1}, rows.getColumn(1).toDoubleVector());
        assertEquals(
                "mask must have one value per example, or one per time step, for a batch of 2 with 3 steps each, got [2, 4] (here)",
                assertThrows(
                                DL4JInvalidInputException.class,
                                () -> ExampleMask.applyToRows(Nd4j.ones(2, 4), 2, rows, "(here)"))
                        .getMessage());
    }
}
