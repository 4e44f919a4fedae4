package io.github.dl4jsparse.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class AccuracyTest {
    @Test
    void countsTheRightAnswersOfAllBatches() throws IOException {
        DataSet test = Digits.embedded(3).test();
        int[] classes = test.getLabels().argMax(1).toIntVector();
        long ones = IntStream.of(classes).filter(c -> c == 1).count();
        double accuracy =
                Accuracy.of(images -> Nd4j.eye(Digits.CLASSES).getRow(1, true).repeat(0, images.size(0)), test);
        assertEquals(100.0 * ones / classes.length, accuracy, 1e-9);
    }
}
