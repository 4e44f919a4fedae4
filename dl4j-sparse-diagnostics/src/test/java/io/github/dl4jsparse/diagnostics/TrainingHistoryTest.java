package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.nn.LossTerms;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {
    private static TrainingPoint point(String layer, long updates) {
        return new TrainingPoint(layer, false, updates, 0, new LayerMeasurement(LossTerms.of(1, 0), 1, 1, 0, 0, 0, 0));
    }

    @Test
    void keepsThePointsOfEachLayerInTheOrderOfTime() {
        TrainingHistory history = new TrainingHistory();
        List.of(point("b", 1), point("a", 1), point("b", 2)).forEach(history::add);
        assertEquals(List.of("b", "a"), history.layers());
        assertEquals(List.of(point("b", 1), point("b", 2)), history.points("b"));
        assertEquals(Optional.of(point("b", 2)), history.last("b"));
        assertEquals(List.of(), history.points("none"));
        assertEquals(Optional.empty(), history.last("none"));
        assertThrows(IllegalArgumentException.class, () -> history.points((String) null));
    }

    @Test
    void isMadeOfPointsThatWereKeptElsewhere() {
        List<TrainingPoint> points = List.of(point("b", 1), point("a", 1), point("b", 2));
        assertEquals(points, TrainingHistory.of(points).points());
        List<TrainingPoint> missing = Collections.singletonList(null);
        assertThrows(IllegalArgumentException.class, () -> TrainingHistory.of(missing));
    }

    @Test
    void givesCopiesThatNoLaterPointChanges() {
        TrainingHistory history = new TrainingHistory();
        history.add(point("a", 1));
        List<TrainingPoint> before = history.points();
        history.add(point("a", 2));
        assertEquals(1, before.size());
        assertThrows(UnsupportedOperationException.class, () -> before.add(point("a", 3)));
    }

    @Test
    void mayBeReadWhileTrainingGoesOn() {
        TrainingHistory history = new TrainingHistory();
        IntStream.range(0, 2000).parallel().forEach(i -> {
            history.add(point("a", i));
            history.last("a").orElseThrow();
        });
        assertEquals(2000, history.points("a").size());
    }
}
