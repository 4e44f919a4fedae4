package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.testkit.ThreadsLaw;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class RowDirectionsTest {
    private static INDArray directions(INDArray x) {
        INDArray result = x.ulike();
        RowDirections.divide(x, Norms.rows(x), result);
        return result;
    }

    private static INDArray gradient(INDArray x, INDArray outer) {
        INDArray result = x.ulike();
        RowDirections.gradient(directions(x), Norms.rows(x), outer, result);
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 3000})
    void rowsHaveNormOneAndTheGradientAgreesWithFiniteDifferences(int width) {
        INDArray x = Samples.gaussian(1, 4, width);
        INDArray outer = Samples.gaussian(2, 4, width);
        INDArray direction = Samples.gaussian(3, 4, width);
        for (double norm : Norms.rows(directions(x))) {
            assertEquals(1, norm, 1e-12);
        }
        double h = 1e-6;
        double above = Samples.dot(outer, directions(x.add(direction.mul(h))));
        double below = Samples.dot(outer, directions(x.sub(direction.mul(h))));
        assertEquals((above - below) / (2 * h), Samples.dot(gradient(x, outer), direction), 1e-7);
        INDArray single = x.castTo(DataType.FLOAT);
        assertEquals(0, Samples.distance(gradient(x, outer), gradient(single, outer.castTo(DataType.FLOAT))), 1e-4);
        assertEquals(0, Samples.distance(gradient(x, outer), gradient(x.dup('f'), outer.dup('f'))), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-33})
    void rowsOfZerosHaveNoGradient(double value) {
        INDArray x = Samples.gaussian(4, 3, 2);
        x.putScalar(1, 0, value);
        x.putScalar(1, 1, 0);
        INDArray gradient = gradient(x, Samples.gaussian(5, 3, 2));
        assertEquals(0, Math.abs(gradient.getDouble(1, 0)));
        assertEquals(0, Math.abs(gradient.getDouble(1, 1)));
        assertEquals(value * 1e30, directions(x).getDouble(1, 0), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "DOUBLE"})
    void bitsDoNotDependOnTheNumberOfThreads(DataType type) {
        INDArray x = Samples.gaussian(type, 6, 3000, 101);
        INDArray outer = Samples.gaussian(type, 7, 3000, 101);
        ThreadsLaw.sameBits(() -> new INDArray[] {directions(x), gradient(x, outer)});
    }
}
