package io.github.dl4jsparse.examples.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.ReadingReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PixelNeighboursTest {
    private static ExampleSet points(List<String> labels, float... values) {
        return new ExampleSet(
                Nd4j.create(values, new long[] {values.length, 1, 1, 1}, 'c'),
                labels.stream().map(label -> "image of " + label).toList(),
                labels,
                List.of(),
                new ReadingReport("made", List.of()));
    }

    @Test
    void theNumberOfNeighboursIsTheOneThatFitsTheLabelledBest() {
        // one wrong label among each class: its neighbours outvote it
        ExampleSet labelled = points(
                List.of("a", "a", "b", "a", "a", "a", "b", "b", "a", "b", "b", "b"),
                0,
                1,
                2.1f,
                3,
                4,
                5,
                20,
                21,
                22.1f,
                23,
                24,
                25);
        PixelNeighbours neighbours = PixelNeighbours.of(labelled);
        assertEquals(3, neighbours.neighbours());
        assertEquals(0.75, neighbours.accuracy(points(List.of("a", "a", "b", "a"), 2, 0.5f, 22, 24)));
    }

    @Test
    void fewLabelledImagesHaveFewNeighbours() {
        assertEquals(1, PixelNeighbours.of(points(List.of("a", "b"), 0, 1)).neighbours());
    }
}
