package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HoleFillingTest {
    @Test
    void roundsGoFromOutsideIn() {
        INDArray mask = Nd4j.zeros(1, 1, 1, 6);
        mask.putScalar(0, 0, 0, 0, 1);
        mask.putScalar(0, 0, 0, 5, 1);
        INDArray planes = Nd4j.createFromArray(new float[] {1, 9, 9, 9, 9, 3, 10, 0, 0, 0, 0, 20})
                .reshape(2, 1, 1, 6);
        HoleFilling filling = HoleFilling.of(planes, mask);
        assertArrayEquals(new int[] {0, 1, 2, 2, 1, 0}, filling.distances());
        assertArrayEquals(
                new float[] {1, 1, 1, 3, 3, 3, 10, 10, 10, 20, 20, 20},
                filling.planes().dup('c').data().asFloat());
        assertEquals(2, filling.beyond(1));
        INDArray restored = Nd4j.zeros(2, 1, 1, 6);
        filling.copyBeyond(1, restored);
        assertArrayEquals(
                new float[] {0, 0, 1, 3, 0, 0, 0, 0, 10, 20, 0, 0},
                restored.data().asFloat());
        assertEquals(9, planes.getDouble(0, 0, 0, 2), "not modified");
    }

    @Test
    void neighboursAreEight() {
        INDArray mask = Nd4j.ones(1, 1, 3, 3);
        mask.putScalar(0, 0, 1, 1, 0);
        INDArray plane = Nd4j.arange(9).reshape(1, 1, 3, 3).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
        assertEquals(4, HoleFilling.of(plane, mask).planes().getDouble(0, 0, 1, 1), 1e-6);
    }
}
