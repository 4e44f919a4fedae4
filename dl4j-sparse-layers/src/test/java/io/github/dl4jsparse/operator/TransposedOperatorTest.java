package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class TransposedOperatorTest extends OperatorContract {
    @Override
    protected long[] weightShape() {
        return new long[] {3, 5};
    }

    @Override
    protected LinearOperator operator(INDArray weights) {
        return new TransposedOperator(new DenseOperator(weights));
    }

    @Override
    protected long[] inputShape(int batch) {
        return new long[] {batch, 3};
    }

    @Override
    protected long[] outputShape(int batch) {
        return new long[] {batch, 5};
    }

    @Test
    void isTheOperatorOfTheTransposedMatrix() {
        INDArray weights = Samples.gaussian(1, 3, 5);
        INDArray input = Samples.gaussian(2, 2, 3);
        INDArray expected = Samples.gaussian(3, 2, 5);
        INDArray actual = Samples.gaussian(4, 2, 5);
        new DenseOperator(weights.transpose().dup()).apply(input, expected, 0);
        operator(weights).apply(input, actual, 0);
        assertEquals(0, Samples.distance(expected, actual), 1e-14);
    }

    @Test
    void transposedTwiceIsTheOriginal() {
        DenseOperator original = new DenseOperator(Samples.gaussian(1, 3, 5));
        assertSame(original, original.transpose().transpose());
    }
}
