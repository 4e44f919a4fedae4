package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class TimeStepsTest {
    private final INDArray sequences = Samples.gaussian(4, 2, 3, 5);

    @Test
    void rowsAreTheStepsOfTheExamplesInOrder() {
        INDArray rows = TimeSteps.rows(sequences, null);
        assertArrayEquals(new long[] {10, 3}, rows.shape());
        for (int row = 0; row < 10; row++) {
            for (int unit = 0; unit < 3; unit++) {
                assertEquals(sequences.getDouble(row / 5, unit, row % 5), rows.getDouble(row, unit));
            }
        }
        assertEquals(rows, TimeSteps.rows(sequences.permute(0, 2, 1), RNNFormat.NWC));
        assertEquals(rows, TimeSteps.rows(sequences.dup('f'), RNNFormat.NCW));
    }

    @Test
    void rowsGoBackToTheirSequences() {
        INDArray rows = TimeSteps.rows(sequences, RNNFormat.NCW);
        assertEquals(sequences, TimeSteps.sequences(rows, 2, RNNFormat.NCW).dup('c'));
        assertEquals(sequences, TimeSteps.sequences(rows, 2, null).dup('c'));
        assertEquals(
                sequences.permute(0, 2, 1).dup('c'),
                TimeSteps.sequences(rows, 2, RNNFormat.NWC).dup('c'));
    }

    @Test
    void unitsAndFormat() {
        assertEquals(3, TimeSteps.units(sequences, null));
        assertEquals(5, TimeSteps.units(sequences, RNNFormat.NWC));
        assertEquals(RNNFormat.NWC, TimeSteps.format(InputType.recurrent(3, 5, RNNFormat.NWC)));
        assertNull(TimeSteps.format(InputType.feedForward(3)));
    }
}
