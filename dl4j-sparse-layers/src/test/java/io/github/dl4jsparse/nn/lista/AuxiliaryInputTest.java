package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AuxiliaryInputTest {
    private static final INDArray MASK = Nd4j.create(new double[][] {{1, 0.25, 0}, {0.5, 1, 0.75}, {0, 0, 1}});
    private static final double[] LEVELS = {0.1, 0.2, 0.3};

    private static INDArray weighted(PixelWeights weights, INDArray images) {
        INDArray result = images.dup('c');
        weights.multiply(result);
        return result;
    }

    private static PixelWeights border() {
        return PixelWeights.of(new double[] {0.5, 1, 0.25}, 1);
    }

    @Test
    void nothingIsGivenOfImagesAlone() {
        assertTrue(AuxiliaryInput.NONE.isEmpty());
        assertFalse(new AuxiliaryInput(null, null, LEVELS).isEmpty());
        assertFalse(AuxiliaryInput.of(MASK, PixelWeights.NONE, null).isEmpty());
    }

    @Test
    void pixelsCountByMaskAndBorder() {
        INDArray images = Samples.gaussian(1, 3, 3);
        AuxiliaryInput given = AuxiliaryInput.of(MASK, border(), null);
        assertEquals(images.mul(MASK), weighted(given.mask(), images));
        INDArray both = MASK.mulRowVector(Nd4j.create(new double[] {0.5, 1, 0.25}));
        assertTrue(images.mul(both).equalsWithEps(weighted(given.pixels(), images), 1e-15));
        INDArray roots = images.dup('c');
        given.pixels().byRoots(roots);
        given.pixels().byRoots(roots);
        assertTrue(images.mul(both).equalsWithEps(roots, 1e-15));
    }

    @Test
    void withoutABorderTheMaskIsAll() {
        AuxiliaryInput given = AuxiliaryInput.of(MASK, PixelWeights.NONE, LEVELS);
        assertSame(given.mask(), given.pixels());
        assertEquals(0, given.mask().least());
        assertEquals(1, given.mask().most());
    }

    @Test
    void rowsAreThoseOfTheImages() {
        INDArray images = Samples.gaussian(2, 2, 3);
        AuxiliaryInput rows = AuxiliaryInput.of(MASK, border(), LEVELS).rows(1, 2);
        assertArrayEquals(new double[] {0.2, 0.3}, rows.levels());
        INDArray mask = Nd4j.create(new double[][] {{0.5, 1, 0.75}, {0, 0, 1}});
        assertEquals(images.mul(mask), weighted(rows.mask(), images));
        assertTrue(AuxiliaryInput.NONE.rows(1, 2).isEmpty());
    }
}
