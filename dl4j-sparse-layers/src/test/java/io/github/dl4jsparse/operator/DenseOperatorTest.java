package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.OperatorContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class DenseOperatorTest extends OperatorContract {
    @Override
    protected long[] weightShape() {
        return new long[] {3, 5};
    }

    @Override
    protected LinearOperator operator(INDArray weights) {
        return new DenseOperator(weights);
    }

    @Override
    protected long[] inputShape(int batch) {
        return new long[] {batch, 5};
    }

    @Override
    protected long[] outputShape(int batch) {
        return new long[] {batch, 3};
    }

    @Test
    void applyIsTheMatrixTimesEveryRow() {
        INDArray weights = Samples.gaussian(1, 3, 5);
        INDArray input = Samples.gaussian(2, 2, 5);
        INDArray result = Samples.gaussian(3, 2, 3);
        new DenseOperator(weights).apply(input, result, 0);
        for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 3; i++) {
                double expected = 0;
                for (int j = 0; j < 5; j++) {
                    expected += weights.getDouble(i, j) * input.getDouble(n, j);
                }
                assertEquals(expected, result.getDouble(n, i), 1e-14);
            }
        }
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        DenseOperator operator = new DenseOperator(Samples.gaussian(1, 3, 5));
        INDArray three = Samples.gaussian(2, 2, 3);
        INDArray five = Samples.gaussian(3, 2, 5);
        refused("input must be a matrix [any, 5], got [2, 3]", () -> operator.apply(three, five, 0));
        refused("output must be a matrix [any, 3], got [2, 5]", () -> operator.adjoint(five, three, 0));
        refused("input must be a matrix [any, 5], got [2, 3]", () -> operator.weightGradient(three, three, five, 0));
        refused("delta must be a matrix [any, 3], got [2, 5]", () -> operator.weightGradient(five, five, five, 0));
    }

    @Test
    void weightsThatAreNoMatrixAreRefused() {
        refused("weights must be a matrix, got [2, 3, 4]", () -> new DenseOperator(Samples.gaussian(1, 2, 3, 4)));
        refused("weights must be given, got null", () -> new DenseOperator(null));
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
