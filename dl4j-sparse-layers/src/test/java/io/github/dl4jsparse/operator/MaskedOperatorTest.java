package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(DoublePrecision.class)
class MaskedOperatorTest {
    private static INDArray mask(long... shape) {
        INDArray mask = Samples.gaussian(21, shape);
        return mask.muli(mask.gt(-0.3).castTo(mask.dataType()));
    }

    /** A mask for each example of a dense map. */
    @Nested
    class OfEachExample extends OperatorContract {
        @Override
        protected long[] weightShape() {
            return new long[] {5, 3};
        }

        @Override
        protected LinearOperator operator(INDArray weights) {
            return new MaskedOperator(new DenseOperator(weights), mask(2, 5));
        }

        @Override
        protected long[] inputShape(int batch) {
            return new long[] {batch, 3};
        }

        @Override
        protected long[] outputShape(int batch) {
            return new long[] {batch, 5};
        }
    }

    /** One mask of the images that a transposed convolution makes. */
    @Nested
    class OfAllExamples extends OperatorContract {
        private final ConvolutionGeometry geometry =
                ConvolutionGeometry.same(2, new int[] {4, 3}, new int[] {2, 3}, new int[] {1, 1});

        @Override
        protected long[] weightShape() {
            return new long[] {geometry.patch(), 3};
        }

        @Override
        protected LinearOperator operator(INDArray weights) {
            return new MaskedOperator(new TransposedConvolutionOperator(geometry, weights), mask(1, 4, 3, 2));
        }

        @Override
        protected long[] inputShape(int batch) {
            return new long[] {batch, 4, 3, 3};
        }

        @Override
        protected long[] outputShape(int batch) {
            return new long[] {batch, 4, 3, 2};
        }
    }

    @Test
    void outputsAreThoseOfTheOtherTimesTheMask() {
        DenseOperator dense = new DenseOperator(Samples.gaussian(1, 5, 3));
        INDArray mask = mask(2, 5);
        INDArray z = Samples.gaussian(2, 2, 3);
        INDArray all = Nd4j.create(2, 5);
        INDArray known = Nd4j.create(2, 5);
        dense.apply(z, all, 0);
        new MaskedOperator(dense, mask).apply(z, known, 0);
        assertEquals(0, Samples.distance(all.mul(mask), known), 1e-14);
    }

    @Test
    void saysWhetherItDependsOnTheBatch() {
        DenseOperator dense = new DenseOperator(Samples.gaussian(1, 5, 3));
        assertFalse(dense.dependsOnBatch());
        assertFalse(new MaskedOperator(dense, mask(1, 5)).dependsOnBatch());
        LinearOperator each = new MaskedOperator(dense, mask(2, 5));
        assertTrue(each.dependsOnBatch() && each.transpose().dependsOnBatch());
    }

    @Test
    void refusesBatchesOfAnotherSizeAndMasksThatDoNotFit() {
        DenseOperator dense = new DenseOperator(Samples.gaussian(1, 5, 3));
        LinearOperator each = new MaskedOperator(dense, mask(2, 5));
        assertEquals(
                "input shape must be a batch of 2 examples, each with a mask of its own, got [3, 3]",
                assertThrows(IllegalArgumentException.class, () -> each.apply(Nd4j.create(3, 3), Nd4j.create(3, 5), 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> each.adjoint(Nd4j.create(1, 5), Nd4j.create(1, 3), 0));
        assertThrows(IllegalArgumentException.class, () -> new MaskedOperator(dense, mask(2, 4)));
    }
}
