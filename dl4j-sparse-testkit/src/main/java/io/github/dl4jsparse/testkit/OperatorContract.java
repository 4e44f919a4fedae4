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
 * The contract of every {@link LinearOperator}, with its mathematics in {@link OperatorLaws}: extend this class,
 * implement the method that creates your operator, and inherit the tests.
 * <p>\[ \langle y, W z \rangle = \langle W^{\top} y, z \rangle, \qquad
 * \langle \partial W, V \rangle = \langle \delta, V z \rangle \ \text{for every } V \]
 * The weights come from the contract; make them small (a few units, two channels, an image that is not square).
 */
public abstract class OperatorContract extends OperatorLaws {
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
