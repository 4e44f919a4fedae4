package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.factory.Nd4j;

class UnitNormScalingTest extends NormalizerContract {
    @Override
    DataNormalization normalizer() {
        return new UnitNormScaling();
    }

    @Override
    DataNormalization other() {
        return null;
    }

    @Test
    void dividesByTheNorm() {
        INDArray x = Nd4j.createFromArray(new double[][] {{3, 0, 4}, {0, 0, 0}, {-1e-100, 0, 0}});
        new UnitNormScaling().transform(x);
        INDArray expected = Nd4j.createFromArray(new double[][] {{0.6, 0, 0.8}, {0, 0, 0}, {-1, 0, 0}});
        assertEquals(0, Samples.distance(expected, x), 1e-15);
    }

    @Test
    void everyExampleHasNormOneOverAllChannels() {
        INDArray norms = transformed(images()).norm2(1, 2, 3);
        assertEquals(0, Samples.distance(Nd4j.ones(DataType.DOUBLE, 2), norms), 1e-14);
    }

    @Test
    void smallFloatsDoNotVanish() {
        INDArray x = Nd4j.createFromArray(new float[][] {{3e-30f, 4e-30f}});
        new UnitNormScaling().transform(x);
        assertEquals(0.6, x.getDouble(0), 1e-6);
    }

    @Test
    void hasNoInverseAndNothingToFit() {
        DataNormalization normalizer = normalizer();
        normalizer.fit(new DataSet(images(), null));
        assertCannotRevert(normalizer);
    }
}
