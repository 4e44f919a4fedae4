package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.energy.L1Penalty;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LossPartTest {
    @Test
    void halfSquaresByHand() {
        INDArray images = Nd4j.createFromArray(new double[][][] {{{1, 2}, {0, 2}}, {{3, 0}, {0, 1}}});
        LossPart part = LossPart.halfSquares("rate", 3, images);
        assertEquals("rate", part.name());
        assertEquals(3 * 19 / 2.0, part.sum(), 1e-12);
        double[] sums = {100, 200};
        part.addExamples(sums);
        assertArrayEquals(new double[] {113.5, 215}, sums, 1e-12);
    }

    @Test
    void penaltyOfSeveralRowsAnExampleByHand() {
        INDArray code = Nd4j.createFromArray(new double[][] {{1, 0}, {0, -2}, {3, 0}, {0, 0.5}});
        LossPart part = LossPart.penalty(new L1Penalty(2), code);
        assertEquals("penalty", part.name());
        assertEquals(13, part.sum(), 1e-12);
        double[] sums = {100, 200};
        part.addExamples(sums);
        assertArrayEquals(new double[] {106, 207}, sums, 1e-12);
    }
}
