package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TransposedConvolutionOperatorTest extends OperatorContract {
    private static final ConvolutionGeometry GEOMETRY =
            ConvolutionGeometry.same(2, new int[] {4, 5}, new int[] {3, 2}, new int[] {2, 1});

    @Override
    protected long[] weightShape() {
        return new long[] {12, 3};
    }

    @Override
    protected LinearOperator operator(INDArray weights) {
        return new TransposedConvolutionOperator(GEOMETRY, weights);
    }

    @Override
    protected long[] inputShape(int batch) {
        return new long[] {batch, 2, 5, 3};
    }

    @Override
    protected long[] outputShape(int batch) {
        return new long[] {batch, 4, 5, 2};
    }

    /** One active unit paints its atom at its position, as far as it is inside. */
    @Test
    void unitPaintsItsAtom() {
        INDArray d = Samples.gaussian(1, 12, 3);
        INDArray z = Nd4j.zeros(DataType.DOUBLE, 1, 2, 5, 3);
        z.putScalar(new int[] {0, 1, 4, 2}, 1);
        INDArray x = Samples.gaussian(2, 1, 4, 5, 2);
        new TransposedConvolutionOperator(GEOMETRY, d).apply(z, x, 0);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
                for (int c = 0; c < 2; c++) {
                    // position (1, 4) begins at row 2 and column 4
                    boolean inside = i >= 2 && j >= 4;
                    double expected = inside ? d.getDouble(((i - 2) * 2 + (j - 4)) * 2 + c, 2) : 0;
                    assertEquals(expected, x.getDouble(0, i, j, c), 1e-15, i + ", " + j);
                }
            }
        }
    }

    @Test
    void dictionaryOfAnotherShapeIsRefused() {
        assertEquals(
                "dictionary must be a matrix [12, maps], got [3, 12]",
                assertThrows(IllegalArgumentException.class, () -> operator(Samples.gaussian(1, 3, 12)))
                        .getMessage());
    }
}
