package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SupportRefitTest {
    private static INDArray gaussian(long seed, int rows, int columns) {
        return ImageNoise.add(Nd4j.create(1, 1, rows, columns), 1, seed)
                .reshape(rows, columns)
                .castTo(DataType.DOUBLE);
    }

    /** The residual on known values is orthogonal to the atoms in use, which is what least squares means. */
    @Test
    void residualsAreOrthogonalToTheAtomsInUse() {
        INDArray dictionary = gaussian(1, 9, 12);
        INDArray x = gaussian(2, 20, 9);
        INDArray code = gaussian(3, 20, 12);
        INDArray mask = Nd4j.create(DataType.DOUBLE, 20, 9);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 12; j++) {
                code.putScalar(i, j, (i + j) % 4 == 0 ? code.getDouble(i, j) : 0);
            }
            for (int j = 0; j < 9; j++) {
                mask.putScalar(i, j, (i * j) % 5 == 0 ? 0 : 1);
            }
        }
        for (INDArray m : new INDArray[] {null, mask}) {
            INDArray images = new SupportRefit(dictionary).reconstruct(x, m, code);
            INDArray residual = x.sub(images);
            if (m != null) {
                residual.muli(m);
            }
            INDArray products = residual.mmul(dictionary);
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 12; j++) {
                    if (code.getDouble(i, j) != 0) {
                        assertEquals(0, products.getDouble(i, j), 1e-4);
                    }
                }
            }
            assertTrue(residual.norm2Number().doubleValue() > 1);
        }
    }

    @Test
    void codesOfZerosAreImagesOfZeros() {
        INDArray images = new SupportRefit(gaussian(1, 9, 12))
                .reconstruct(gaussian(2, 3, 9), null, Nd4j.create(DataType.DOUBLE, 3, 12));
        assertEquals(0, images.norm2Number().doubleValue());
    }
}
