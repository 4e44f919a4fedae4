package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PieceLayoutTest {
    /** Two channels of 3 x 5 pixels, patches of 2 x 2 in steps of 2: the last row and column of patches are moved inwards. */
    @Test
    void coversAllWithPatchesInOrder() {
        PieceLayout layout = new PieceLayout(2, 3, 5, 2, 2, 2);
        assertEquals(6, layout.count());
        assertEquals(8, layout.pieceSize());
        assertArrayEquals(
                new int[] {0, 0, 0, 1, 1, 1},
                IntStream.range(0, 6).map(layout::top).toArray());
        assertArrayEquals(
                new int[] {0, 2, 3, 0, 2, 3},
                IntStream.range(0, 6).map(layout::left).toArray());
        float[] examples = new float[60];
        for (int i = 0; i < examples.length; i++) {
            examples[i] = i;
        }
        float[] piece = new float[9];
        layout.copy(examples, 30, 5, piece, 1);
        assertArrayEquals(new float[] {0, 38, 39, 43, 44, 53, 54, 58, 59}, piece);
    }

    @Test
    void aPixelHasTheMeanOfItsPatches() {
        float[] map = new PieceLayout(1, 1, 5, 1, 2, 2).map(new double[] {9, 1, 3, 5}, 1);
        assertArrayEquals(new float[] {1, 1, 3, 4, 5}, map);
    }

    @Test
    void anExampleMayBeOnePiece() {
        PieceLayout layout = new PieceLayout(1, 1, 4, 1, 4, 1);
        assertEquals(1, layout.count());
        assertArrayEquals(new float[] {2, 2, 2, 2}, layout.map(new double[] {2}, 0));
    }
}
