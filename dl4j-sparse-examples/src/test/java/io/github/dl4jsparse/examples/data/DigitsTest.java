package io.github.dl4jsparse.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

class DigitsTest {
    private static void assertUnitRowsAndOneHot(DataSet part) {
        INDArray norms = part.getFeatures().norm2(1);
        assertEquals(1, norms.minNumber().doubleValue(), 1e-5);
        assertEquals(1, norms.maxNumber().doubleValue(), 1e-5);
        assertEquals(part.numExamples(), part.getLabels().sumNumber().intValue());
    }

    @Test
    void splitsTheEmbeddedDigitsBySeed() throws IOException {
        Digits digits = Digits.embedded(3);
        assertEquals(1150, digits.train().numExamples());
        assertEquals(147, digits.validation().numExamples());
        assertEquals(500, digits.test().numExamples());
        assertEquals(64, digits.train().numInputs());
        assertUnitRowsAndOneHot(digits.train());
        assertUnitRowsAndOneHot(digits.validation());
        assertUnitRowsAndOneHot(digits.test());
        assertEquals(
                digits.test().getFeatures(), Digits.embedded(3).test().getFeatures(), "the same seed, the same split");
        assertNotEquals(digits.test().getFeatures(), Digits.embedded(4).test().getFeatures());
    }

    /** Counts of the classes in the data set's own description. */
    @Test
    void readsEveryEmbeddedDigit() throws IOException {
        Digits digits = Digits.embedded(1);
        int[] expected = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
        INDArray counts = digits.train()
                .getLabels()
                .sum(0)
                .add(digits.validation().getLabels().sum(0))
                .add(digits.test().getLabels().sum(0));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], counts.getInt(i));
        }
    }

    @Test
    void findsTheFirstImageOfEachClass() throws IOException {
        Digits digits = Digits.embedded(1);
        int[] first = digits.firstOfEachClass();
        assertEquals(10, first.length);
        for (int i = 0; i < first.length; i++) {
            assertEquals(1, digits.test().getLabels().getInt(first[i], i));
        }
    }

    @Test
    void splitsIdxFilesAndKeepsTheTestSet(@TempDir Path directory) throws IOException {
        IdxFixture.write(directory, 60, 20, true);
        Digits digits = Digits.idx(directory, 1);
        assertEquals(50, digits.train().numExamples());
        assertEquals(10, digits.validation().numExamples());
        assertEquals(20, digits.test().numExamples());
        assertEquals(IdxFixture.HEIGHT, digits.height());
        assertEquals(IdxFixture.WIDTH, digits.width());
        assertUnitRowsAndOneHot(digits.train());
        assertEquals(1, digits.test().getLabels().getInt(13, 3), "the test images keep their order");
    }

    @Test
    void refusesImagesOfTwoSizes(@TempDir Path directory) throws IOException {
        IdxFixture.write(directory, 60, 20, false);
        IdxFixture.put(directory.resolve(IdxFixture.TEST_IMAGES), IdxFixture.idx(new byte[20 * 9], 0x0803, 20, 3, 3));
        String message =
                assertThrows(IOException.class, () -> Digits.idx(directory, 1)).getMessage();
        assertTrue(message.endsWith("has training images of 6 x 5 pixels and test images of 3 x 3"), message);
    }
}
