package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ElementwiseTest {
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void operationsAreThoseOfNd4j(DataType type) {
        INDArray x = Samples.gaussian(type, 1, 70, 90);
        x.putScalar(5, 0);
        INDArray y = Samples.gaussian(type, 2, 70, 90).dup('f');
        INDArray result = x.ulike();
        assertSame(result, Elementwise.magnitudes(result, x));
        assertEquals(Transforms.abs(x, true), result);
        assertEquals(Transforms.sign(x, true), Elementwise.signs(result, x));
        assertEquals(x.mul(y), Elementwise.products(result, x, y));
        assertEquals(x.mul(y).add(y), Elementwise.add(result, y));
        assertEquals(x.sub(y), Elementwise.differences(result, x, y));
        assertEquals(x.mul(-2.5), Elementwise.multiply(x.dup(), -2.5));
        assertEquals(x.mul(x), Elementwise.products(x.dup(), x, x));
        assertEquals(Samples.dot(x, y), Elementwise.dot(x, y), type == DataType.FLOAT ? 1e-3 : 1e-11);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void bitsDoNotDependOnTheNumberOfThreads(DataType type) {
        INDArray x = Samples.gaussian(type, 3, 300, 1001);
        INDArray y = Samples.gaussian(type, 4, 300, 1001);
        ThreadsLaw.sameBits(() ->
                new INDArray[] {Elementwise.products(x.ulike(), x, y), Nd4j.createFromArray(Elementwise.dot(x, y))});
    }
}
