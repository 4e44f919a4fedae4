package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AtomRevivalTest {
    private static final INDArray DIRECTIONS = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 0.6, 0.8}});

    @Test
    void columnsGetTheirDirections() {
        INDArray dictionary = Samples.gaussian(1, 3, 4);
        INDArray before = dictionary.dup();
        AtomRevival.write(dictionary, new int[] {1, 3}, DIRECTIONS, Double.POSITIVE_INFINITY);
        assertEquals(before.getColumn(0).dup(), dictionary.getColumn(0).dup());
        assertEquals(DIRECTIONS.getRow(0).dup(), dictionary.getColumn(1).dup());
        assertEquals(before.getColumn(2).dup(), dictionary.getColumn(2).dup());
        assertEquals(DIRECTIONS.getRow(1).dup(), dictionary.getColumn(3).dup());
    }

    @Test
    void boundBelowOneShortens() {
        INDArray dictionary = Samples.gaussian(1, 3, 4);
        AtomRevival.write(dictionary, new int[] {1, 3}, DIRECTIONS, 0.5);
        assertEquals(0.5, dictionary.getColumn(3).norm2Number().doubleValue(), 1e-12);
        AtomRevival.write(dictionary, new int[] {1, 3}, DIRECTIONS, 2);
        assertEquals(1, dictionary.getColumn(3).norm2Number().doubleValue(), 1e-12);
    }

    @Test
    void wrongShapesAreRefused() {
        INDArray dictionary = Samples.gaussian(1, 3, 4);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> AtomRevival.write(dictionary, new int[] {1}, DIRECTIONS, 1))
                .getMessage();
        assertEquals("directions must be one for each of the 1 units, got 2", message);
        assertThrows(
                IllegalArgumentException.class, () -> AtomRevival.write(dictionary, new int[] {1, 4}, DIRECTIONS, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> AtomRevival.write(dictionary, new int[] {0, 1}, DIRECTIONS.transpose(), 1));
    }

    @Test
    void directionsOfAnotherNormAreRefusedBeforeAnythingIsWritten() {
        INDArray dictionary = Samples.gaussian(1, 3, 4);
        INDArray before = dictionary.dup();
        for (double bad : new double[] {0, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            INDArray directions = DIRECTIONS.dup();
            directions.getRow(1).assign(bad);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> AtomRevival.write(dictionary, new int[] {1, 3}, directions, 1));
        }
        assertEquals(before, dictionary);
    }
}
