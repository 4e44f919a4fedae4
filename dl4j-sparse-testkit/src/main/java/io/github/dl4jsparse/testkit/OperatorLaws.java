package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The mathematics of a {@link LinearOperator}; {@link OperatorContract} includes these tests. */
abstract class OperatorLaws {
    static final int BATCH = 2;
    /** Examples that are several blocks. */
    static final int MANY = 200;

    static final double EXACT = 1e-10;

    /** The shape of the weights. */
    protected abstract long[] weightShape();

    /** The operator on these weights, which it must not copy. */
    protected abstract LinearOperator operator(INDArray weights);

    /** The shape of a batch of inputs; the first number is {@code batch}. */
    protected abstract long[] inputShape(int batch);

    /** The shape of a batch of outputs; the first number is {@code batch}. */
    protected abstract long[] outputShape(int batch);

    final INDArray weights() {
        return Samples.gaussian(11, weightShape());
    }

    final INDArray input() {
        return Samples.gaussian(12, inputShape(BATCH));
    }

    final INDArray output() {
        return Samples.gaussian(13, outputShape(BATCH));
    }

    final INDArray apply(LinearOperator operator, INDArray input) {
        INDArray result = garbage(input.dataType(), outputShape((int) input.size(0)));
        operator.apply(input, result, 0);
        return result;
    }

    final INDArray adjoint(LinearOperator operator, INDArray output) {
        INDArray result = garbage(output.dataType(), inputShape((int) output.size(0)));
        operator.adjoint(output, result, 0);
        return result;
    }

    final INDArray weightGradient(LinearOperator operator, INDArray input, INDArray delta) {
        INDArray result = garbage(input.dataType(), weightShape());
        operator.weightGradient(input, delta, result, 0);
        return result;
    }

    /** What a result may hold before it is overwritten. */
    static INDArray garbage(DataType type, long[] shape) {
        return Nd4j.valueArrayOf(shape, 3e7, type);
    }

    static void assertClose(INDArray expected, INDArray actual, double tolerance) {
        double distance = Samples.distance(expected, actual);
        assertTrue(distance <= tolerance, () -> "differ by " + distance + ": " + expected + " and " + actual);
    }

    @Test
    protected void adjointIdentity() {
        LinearOperator operator = operator(weights());
        double outside = Samples.dot(output(), apply(operator, input()));
        double inside = Samples.dot(adjoint(operator, output()), input());
        assertTrue(Math.abs(outside) > 0.01, "the product " + outside + " tells nothing");
        assertEquals(outside, inside, EXACT * Math.max(1, Math.abs(outside)));
    }

    @Test
    protected void weightGradientAgreesWithFiniteDifferences() {
        INDArray weights = weights();
        INDArray gradient = weightGradient(operator(weights), input(), output());
        double step = 1e-4;
        for (long i = 0; i < weights.length(); i++) {
            double value = weights.getDouble(i);
            weights.putScalar(i, value + step);
            double above = Samples.dot(output(), apply(operator(weights), input()));
            weights.putScalar(i, value - step);
            double below = Samples.dot(output(), apply(operator(weights), input()));
            weights.putScalar(i, value);
            assertEquals((above - below) / (2 * step), gradient.getDouble(i), 1e-8, "weight " + i);
        }
    }

    @Test
    protected void weightGradientIsTheAdjointInTheWeights() {
        INDArray gradient = weightGradient(operator(weights()), input(), output());
        INDArray direction = Samples.gaussian(14, weightShape());
        double expected = Samples.dot(output(), apply(operator(direction), input()));
        assertTrue(Math.abs(expected) > 0.01, "the product " + expected + " tells nothing");
        assertEquals(expected, Samples.dot(gradient, direction), EXACT * Math.max(1, Math.abs(expected)));
    }

    @Test
    protected void weightGradientOfBlocksIsThatOfTheBatch() {
        LinearOperator operator = operator(weights());
        if (operator.dependsOnBatch()) {
            return;
        }
        INDArray[] inputs = {Samples.gaussian(21, inputShape(3)), Samples.gaussian(22, inputShape(2))};
        INDArray[] deltas = {Samples.gaussian(23, outputShape(3)), Samples.gaussian(24, outputShape(2))};
        INDArray expected = weightGradient(
                operator,
                Nd4j.concat(0, inputs).dup('c'),
                Nd4j.concat(0, deltas).dup('c'));
        INDArray actual = garbage(expected.dataType(), weightShape());
        operator.weightGradient(List.of(inputs), List.of(deltas), actual, 0);
        assertClose(expected, actual, 1e-11);
        operator.weightGradient(List.of(inputs), List.of(deltas), actual, 1);
        assertClose(expected.mul(2), actual, 1e-11);
    }

    @Test
    protected void applyIsLinear() {
        LinearOperator operator = operator(weights());
        INDArray a = input();
        INDArray b = Samples.gaussian(15, inputShape(BATCH));
        INDArray expected = apply(operator, a).mul(2).add(apply(operator, b).mul(-0.5));
        assertClose(expected, apply(operator, a.mul(2).add(b.mul(-0.5))), EXACT);
    }

    @Test
    protected void adjointIsLinear() {
        LinearOperator operator = operator(weights());
        INDArray a = output();
        INDArray b = Samples.gaussian(16, outputShape(BATCH));
        INDArray expected = adjoint(operator, a).mul(2).add(adjoint(operator, b).mul(-0.5));
        assertClose(expected, adjoint(operator, a.mul(2).add(b.mul(-0.5))), EXACT);
    }

    @Test
    protected void betaOneAdds() {
        LinearOperator operator = operator(weights());
        INDArray y = Samples.gaussian(17, outputShape(BATCH));
        INDArray z = Samples.gaussian(18, inputShape(BATCH));
        INDArray w = Samples.gaussian(19, weightShape());
        INDArray expectedY = y.add(apply(operator, input()));
        INDArray expectedZ = z.add(adjoint(operator, output()));
        INDArray expectedW = w.add(weightGradient(operator, input(), output()));
        operator.apply(input(), y, 1);
        operator.adjoint(output(), z, 1);
        operator.weightGradient(input(), output(), w, 1);
        assertClose(expectedY, y, EXACT);
        assertClose(expectedZ, z, EXACT);
        assertClose(expectedW, w, EXACT);
    }
}
