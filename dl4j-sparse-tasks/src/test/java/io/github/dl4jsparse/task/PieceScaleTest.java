package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceScaleTest {
    private static final float[] ROWS = {1, 100, 3, 300, 5, 200, 7, 600};

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void piecesHaveMeanZeroAndMeanSquareLengthOne(boolean ofUnits) {
        PieceScale scale = PieceScale.of(ROWS, 2, ofUnits);
        float[] rows = ROWS.clone();
        scale.apply(rows);
        double[] sums = new double[2];
        double[] squares = new double[2];
        for (int i = 0; i < rows.length; i++) {
            sums[i % 2] += rows[i];
            squares[i % 2] += rows[i] * rows[i] / 4;
        }
        assertArrayEquals(new double[2], sums, 1e-5);
        assertEquals(1, squares[0] + squares[1], 1e-5);
        assertEquals(ofUnits ? 0.5 : 0.00015, squares[0], 1e-4);
        scale.undo(rows);
        assertArrayEquals(ROWS, rows, 1e-4f);
    }

    @Test
    void aNumberThatNeverVariesIsFinite() {
        PieceScale scale = PieceScale.of(new float[] {1, 5, 1, 7}, 2, true);
        float[] row = {2, 6};
        scale.apply(row);
        assertEquals(1 / (1e-3 * Math.sqrt(0.5) * Math.sqrt(2)), row[0], 1);
        assertEquals(0, row[1]);
    }

    @Test
    void namesWhatIsWrong() {
        assertThrows(IllegalArgumentException.class, () -> new PieceScale(new double[2], new double[] {1}));
        assertEquals(
                "factor[0] must be finite and > 0, got 0.0",
                assertThrows(IllegalArgumentException.class, () -> new PieceScale(new double[1], new double[1]))
                        .getMessage());
    }
}
