package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.operator.LinearOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What every {@link LinearOperator} keeps: extend this class, say how to make your operator, and inherit the tests.
 * <p>\[ \langle y, W z \rangle = \langle W^{\top} y, z \rangle, \qquad
 * \langle \partial W, V \rangle = \langle \delta, V z \rangle \ \text{for every } V \]
 * The weights come from the contract; make them small (a few units, two channels, an image that is not square).
 */
public abstract class OperatorContract {
    private static final int BATCH = 2;
    /** Examples that are several blocks. */
    private static final int MANY = 200;

    private static final double EXACT = 1e-10;

    /** The shape of the weights. */
    protected abstract long[] weightShape();

    /** The operator on these weights, which it must not copy. */
    protected abstract LinearOperator operator(INDArray weights);

    /** The shape of a batch of inputs; the first number is {@code batch}. */
    protected abstract long[] inputShape(int batch);

    /** The shape of a batch of outputs; the first number is {@code batch}. */
    protected abstract long[] outputShape(int batch);

    private INDArray weights() {
        return Samples.gaussian(11, weightShape());
    }

    private INDArray input() {
        return Samples.gaussian(12, inputShape(BATCH));
    }

    private INDArray output() {
        return Samples.gaussian(13, outputShape(BATCH));
    }

    private INDArray apply(LinearOperator operator, INDArray input) {
        INDArray result = garbage(input.dataType(), outputShape((int) input.size(0)));
        operator.apply(input, result, 0);
        return result;
    }

    private INDArray adjoint(LinearOperator operator, INDArray output) {
        INDArray result = garbage(output.dataType(), inputShape((int) output.size(0)));
        operator.adjoint(output, result, 0);
        return result;
    }

    private INDArray weightGradient(LinearOperator operator, INDArray input, INDArray delta) {
        INDArray result = garbage(input.dataType(), weightShape());
        operator.weightGradient(input, delta, result, 0);
        return result;
    }

    /** What a result may hold before it is overwritten. */
    private static INDArray garbage(DataType type, long[] shape) {
        return Nd4j.valueArrayOf(shape, 3e7, type);
    }

    private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
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

    @Test
    protected void argumentsAreNotModified() {
        INDArray weights = weights();
        INDArray input = input();
        INDArray output = output();
        LinearOperator operator = operator(weights);
        apply(operator, input);
        adjoint(operator, output);
        weightGradient(operator, input, output);
        assertEquals(weights(), weights);
        assertEquals(input(), input);
        assertEquals(output(), output);
    }

    @Test
    protected void orderOfTheArraysDoesNotMatter() {
        LinearOperator c = operator(weights());
        LinearOperator f = operator(weights().dup('f'));
        assertClose(apply(c, input()), apply(f, input().dup('f')), EXACT);
        assertClose(adjoint(c, output()), adjoint(f, output().dup('f')), EXACT);
        assertClose(
                weightGradient(c, input(), output()), weightGradient(f, input().dup('f'), output().dup('f')), EXACT);
    }

    @Test
    protected void resultsMayBeViewsOfLargerArrays() {
        LinearOperator operator = operator(weights());
        INDArray expected = weightGradient(operator, input(), output());
        INDArray flat = Nd4j.valueArrayOf(new long[] {expected.length() + 5}, 9.0, DataType.DOUBLE);
        INDArray view =
                flat.get(NDArrayIndex.interval(3, 3 + expected.length())).reshape('c', weightShape());
        operator.weightGradient(input(), output(), view, 0);
        assertClose(
                expected.reshape(expected.length()), flat.get(NDArrayIndex.interval(3, 3 + expected.length())), EXACT);
        for (long i : new long[] {0, 1, 2, expected.length() + 3, expected.length() + 4}) {
            assertEquals(9, flat.getDouble(i), "element " + i + " is outside of the view");
        }
    }

    /** Views of one shape that lie differently in larger arrays of 9. */
    private static List<INDArray> views(long... shape) {
        long[] wider = shape.clone();
        wider[shape.length - 1] += 3;
        INDArrayIndex[] middle = new INDArrayIndex[shape.length];
        Arrays.fill(middle, NDArrayIndex.all());
        middle[shape.length - 1] = NDArrayIndex.interval(1, 1 + shape[shape.length - 1]);
        long[] twice = shape.clone();
        twice[0] *= 2;
        INDArrayIndex[] everySecond = new INDArrayIndex[shape.length];
        Arrays.fill(everySecond, NDArrayIndex.all());
        everySecond[0] = NDArrayIndex.interval(0, 2, twice[0]);
        long[] turned = new long[shape.length];
        int[] back = new int[shape.length];
        for (int i = 0; i < shape.length; i++) {
            turned[i] = shape[shape.length - 1 - i];
            back[i] = shape.length - 1 - i;
        }
        return new ArrayList<>(List.of(
                nines(wider).get(middle),
                nines(wider).dup('f').get(middle),
                nines(twice).get(everySecond),
                nines(turned).permute(back)));
    }

    private static INDArray nines(long... shape) {
        return Nd4j.valueArrayOf(shape, 9.0, DataType.DOUBLE);
    }

    private static INDArray written(INDArray view, INDArray values) {
        assertArrayEquals(values.shape(), view.shape());
        return view.assign(values);
    }

    /** How many elements of the array that a view lies in are still 9. */
    private static long untouched(INDArray view) {
        return Arrays.stream(view.data().asDouble()).filter(v -> v == 9).count();
    }

    private interface Call {
        void run(INDArray result, double beta);
    }

    private static void assertWrites(INDArray expected, Call call) {
        for (INDArray view : views(expected.shape())) {
            long around = untouched(view) - view.length();
            call.run(view, 0);
            assertClose(expected, view, EXACT);
            call.run(view, 1);
            assertClose(expected.mul(2), view, 2 * EXACT);
            assertEquals(around, untouched(view), "what is around the view changes");
        }
    }

    @Test
    protected void anyViewIsRightAsArgumentAndAsResult() {
        LinearOperator operator = operator(weights());
        INDArray y = apply(operator, input());
        INDArray z = adjoint(operator, output());
        INDArray w = weightGradient(operator, input(), output());
        assertWrites(y, (view, beta) -> operator.apply(input(), view, beta));
        assertWrites(z, (view, beta) -> operator.adjoint(output(), view, beta));
        assertWrites(w, (view, beta) -> operator.weightGradient(input(), output(), view, beta));
        List<INDArray> outputs = views(outputShape(BATCH));
        List<INDArray> weights = views(weightShape());
        for (INDArray view : views(inputShape(BATCH))) {
            INDArray inputView = written(view, input());
            INDArray outputView = written(outputs.remove(0), output());
            LinearOperator ofView = operator(written(weights.remove(0), weights()));
            assertClose(y, apply(ofView, inputView), EXACT);
            assertClose(z, adjoint(ofView, outputView), EXACT);
            assertClose(w, weightGradient(ofView, inputView, outputView), EXACT);
            assertEquals(input(), inputView);
            assertEquals(output(), outputView);
        }
    }

    /** What one example gives does not change with the others. */
    @Test
    protected void examplesOfABatchDoNotMix() {
        LinearOperator operator = operator(weights());
        INDArray input = input();
        INDArray output = output();
        INDArray y = apply(operator, input);
        INDArray z = adjoint(operator, output);
        input.slice(0).muli(-3).addi(1);
        output.slice(0).muli(-3).addi(1);
        INDArray otherY = apply(operator, input);
        INDArray otherZ = adjoint(operator, output);
        assertClose(y.slice(1).dup(), otherY.slice(1).dup(), EXACT);
        assertClose(z.slice(1).dup(), otherZ.slice(1).dup(), EXACT);
        assertTrue(Samples.distance(y.slice(0).dup(), otherY.slice(0).dup()) > 1e-3, "the input makes no difference");
    }

    /** An operator that does not say that it depends on the batch maps each example as it does alone. */
    @Test
    protected void examplesAreMappedAlike() {
        LinearOperator operator = operator(weights());
        if (operator.dependsOnBatch()) {
            return;
        }
        INDArray y = apply(operator, input());
        INDArray z = adjoint(operator, output());
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, weightShape());
        for (int i = 0; i < BATCH; i++) {
            INDArray oneInput = input().slice(i).dup().reshape(inputShape(1));
            INDArray oneOutput = output().slice(i).dup().reshape(outputShape(1));
            assertClose(y.slice(i).reshape(outputShape(1)), apply(operator, oneInput), EXACT);
            assertClose(z.slice(i).reshape(inputShape(1)), adjoint(operator, oneOutput), EXACT);
            operator.weightGradient(oneInput, oneOutput, sum, 1);
        }
        assertClose(sum, weightGradient(operator, input(), output()), EXACT);
    }

    @Test
    protected void floatAgreesWithDouble() {
        LinearOperator exact = operator(weights());
        LinearOperator single = operator(weights().castTo(DataType.FLOAT));
        INDArray input = input().castTo(DataType.FLOAT);
        INDArray output = output().castTo(DataType.FLOAT);
        INDArray y = apply(single, input);
        assertEquals(DataType.FLOAT, y.dataType());
        assertClose(apply(exact, input()), y, 1e-4);
        assertClose(adjoint(exact, output()), adjoint(single, output), 1e-4);
        assertClose(weightGradient(exact, input(), output()), weightGradient(single, input, output), 1e-4);
    }

    @Test
    protected void bitsDoNotDependOnTheNumberOfThreads() {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            LinearOperator operator = operator(weights().castTo(type));
            int batch = operator.dependsOnBatch() ? BATCH : MANY;
            INDArray input = Samples.gaussian(type, 20, inputShape(batch));
            INDArray output = Samples.gaussian(type, 21, outputShape(batch));
            ThreadsLaw.sameBits(() -> new INDArray[] {
                apply(operator, input), adjoint(operator, output), weightGradient(operator, input, output)
            });
        }
    }

    @Test
    protected void shapesFollowFromEachOther() {
        LinearOperator operator = operator(weights());
        assertArrayEquals(outputShape(BATCH), operator.outputShape(inputShape(BATCH)));
        assertArrayEquals(inputShape(BATCH), operator.inputShape(outputShape(BATCH)));
        assertArrayEquals(inputShape(BATCH), operator.transpose().outputShape(outputShape(BATCH)));
        assertArrayEquals(outputShape(BATCH), operator.transpose().inputShape(inputShape(BATCH)));
        assertThrows(IllegalArgumentException.class, () -> operator.inputShape(1, 2, 3, 4, 5, 6));
        assertThrows(IllegalArgumentException.class, () -> operator.outputShape(1, 2, 3, 4, 5, 6));
    }

    @Test
    protected void weightsAreReadNotCopied() {
        INDArray weights = weights();
        LinearOperator operator = operator(weights);
        INDArray before = apply(operator, input());
        weights.muli(2);
        assertClose(before.mul(2), apply(operator, input()), EXACT);
    }

    @Test
    protected void transposeExchangesTheProducts() {
        LinearOperator operator = operator(weights());
        LinearOperator transpose = operator.transpose();
        INDArray z = garbage(DataType.DOUBLE, inputShape(BATCH));
        transpose.apply(output(), z, 0);
        assertClose(adjoint(operator, output()), z, 0);
        INDArray y = garbage(DataType.DOUBLE, outputShape(BATCH));
        transpose.adjoint(input(), y, 0);
        assertClose(apply(operator, input()), y, 0);
        INDArray gradient = garbage(DataType.DOUBLE, weightShape());
        transpose.weightGradient(output(), input(), gradient, 0);
        assertClose(weightGradient(operator, input(), output()), gradient, 0);
    }
}
