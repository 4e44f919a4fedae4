package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExampleSetTest {
    private static final ReadingReport REPORT = new ReadingReport("read 3 images from x", List.of());

    private static ExampleSet set(List<String> labels) {
        INDArray images = Nd4j.arange(3 * 2 * 4 * 5).castTo(DataType.FLOAT).reshape('c', new long[] {3, 2, 4, 5});
        return new ExampleSet(images, List.of("a", "b", "c"), labels, List.of(), REPORT);
    }

    @Test
    void labelsAreOneHotInTheOrderOfTheClasses() {
        ExampleSet set = set(List.of("z", "k", "z"));
        assertEquals(List.of("k", "z"), set.classes());
        assertEquals(Nd4j.createFromArray(new float[][] {{0, 1}, {1, 0}, {0, 1}}), set.oneHot());
        assertEquals(set.oneHot(), set.dataSet().getLabels());
        assertEquals(set.features(), set.dataSet().getFeatures());
    }

    @Test
    void selectsExamplesWithTheirNamesAndLabels() {
        ExampleSet chosen = set(List.of("z", "k", "y")).select(2, 0);
        assertArrayEquals(new long[] {2, 2, 4, 5}, chosen.features().shape());
        assertEquals(80, chosen.features().getDouble(0, 0, 0, 0));
        assertEquals(39, chosen.features().getDouble(1, 1, 3, 4));
        assertEquals(List.of("c", "a"), chosen.names());
        assertEquals(List.of("y", "z"), chosen.labels());
        assertEquals(List.of(), set(List.of()).select(1).labels());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals(
                "labels must be one for each of the 3 examples, or none, got 1",
                assertThrows(IllegalArgumentException.class, () -> set(List.of("a")))
                        .getMessage());
        assertEquals(
                "the examples have no labels (read 3 images from x); put images into a folder for each class, or name the"
                        + " column of the labels",
                assertThrows(IllegalStateException.class, () -> set(List.of()).oneHot())
                        .getMessage());
        assertEquals(
                "chosen[1] must be from 0 to 2, got 3",
                assertThrows(IllegalArgumentException.class, () -> set(List.of())
                                .select(0, 3))
                        .getMessage());
        assertEquals(
                "names must be one for each of the 3 examples, got 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ExampleSet(
                                        set(List.of()).features(), List.of(), List.of(), List.of(), REPORT))
                        .getMessage());
    }
}
