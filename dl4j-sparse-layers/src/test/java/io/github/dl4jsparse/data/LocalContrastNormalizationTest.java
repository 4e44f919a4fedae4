package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LocalContrastNormalizationTest extends NormalizerContract {
    private static LocalContrastNormalization plain() {
        return new LocalContrastNormalization(5, 1.3);
    }

    @Override
    DataNormalization normalizer() {
        return plain().forImages(CHANNELS, HEIGHT, WIDTH);
    }

    @Override
    DataNormalization other() {
        return plain();
    }

    /** The oracle goes pixel by pixel with a two-dimensional window. */
    @Test
    void equalsNumPy() {
        INDArray images = Oracle.read("lcn-input").reshape('c', 2, 2, 7, 6);
        plain().transform(images);
        assertEquals(0, Samples.distance(Oracle.read("lcn-output").reshape('c', 2, 2, 7, 6), images), 1e-12);
    }

    @Test
    void brightnessAndContrastOfAnImageDoNotMatter() {
        INDArray images = images().addi(2);
        INDArray changed = images.dup();
        changed.get(NDArrayIndex.point(1)).muli(0.01).addi(50);
        assertEquals(0, Samples.distance(transformed(images), transformed(changed)), 1e-9);
    }

    @Test
    void oneChannelIsAsTwoEqualOnes() {
        INDArray gray = Samples.gaussian(8, 2, 1, HEIGHT, WIDTH);
        INDArray twice = Nd4j.concat(1, gray, gray);
        plain().transform(gray);
        plain().transform(twice);
        assertEquals(0, Samples.distance(Nd4j.concat(1, gray, gray), twice), 1e-13);
    }

    @Test
    void anImageWithoutContrastBecomesZero() {
        INDArray images = Nd4j.zeros(DataType.FLOAT, 2, 1, HEIGHT, WIDTH);
        images.get(NDArrayIndex.point(1)).assign(0.7);
        plain().transform(images);
        assertEquals(0, images.amaxNumber().doubleValue(), 1e-3);
    }

    @Test
    void everyParameterCounts() {
        assertNotEquals(plain(), new LocalContrastNormalization(7, 1.3));
        assertNotEquals(plain(), new LocalContrastNormalization(5, 1.4));
        assertNotEquals(plain().forImages(2, 3, 4), plain().forImages(1, 3, 4));
        assertNotEquals(plain().forImages(2, 3, 4), plain().forImages(2, 5, 4));
        assertNotEquals(plain().forImages(2, 3, 4), plain().forImages(2, 3, 5));
    }

    @Test
    void refusesBadParametersAndShapes() {
        assertEquals(
                "window must be odd and at least 3, got 4",
                assertThrows(IllegalArgumentException.class, () -> new LocalContrastNormalization(4, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LocalContrastNormalization(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LocalContrastNormalization(9, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> plain().forImages(1, 0, 3));
        INDArray flat = images().reshape('c', 2, VALUES);
        assertEquals(
                "features must be [batch, channels, height, width] (or call forImages for flattened ones), got [2, 30]",
                assertThrows(IllegalArgumentException.class, () -> plain().transform(flat))
                        .getMessage());
        assertEquals(
                "features must be a matrix [any, 24], got [2, 30]",
                assertThrows(IllegalArgumentException.class, () -> plain().forImages(2, 3, 4)
                                .transform(flat))
                        .getMessage());
    }

    @Test
    void hasNoInverseAndNothingToFit() {
        DataNormalization normalizer = normalizer();
        normalizer.fit(new ListDataSetIterator<>(List.of(new DataSet(images(), null)), 1));
        assertCannotRevert(normalizer);
    }
}
