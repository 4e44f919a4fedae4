package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dl4jsparse.nn.common.EnergyTerms;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingMeasureTest {
    /** Every number another one, so that none can be taken for another. */
    private static final LayerMeasurement MEASUREMENT =
            new LayerMeasurement(new EnergyTerms(2, 1), 4, 5, 0.6, 0.7, 0.8, 0.9);

    @Test
    void readsEveryNumberOfAMeasurementOnce() {
        double[] values = Arrays.stream(TrainingMeasure.values())
                .mapToDouble(measure -> measure.of(MEASUREMENT))
                .toArray();
        assertEquals("[3.0, 2.0, 1.0, 4.0, 5.0, 0.6, 0.7, 0.8, 0.9]", Arrays.toString(values));
    }

    @Test
    void hasEveryMeasureInOneDiagram() {
        List<TrainingMeasure> drawn = TrainingMeasure.Diagram.ALL.stream()
                .flatMap(diagram -> diagram.measures().stream())
                .toList();
        assertEquals(EnumSet.allOf(TrainingMeasure.class), EnumSet.copyOf(drawn));
        assertEquals(TrainingMeasure.values().length, drawn.size());
    }

    @Test
    void saysNothingOfWhatWasNotMeasured() {
        LayerMeasurement partly = new LayerMeasurement(new EnergyTerms(2, 1), 4, Double.NaN, 0.6, 0.7, 0.8, Double.NaN);
        TrainingPoint point = new TrainingPoint("code", false, 7, 1, partly);
        assertEquals("", TrainingMeasure.ACTIVE_GROUPS.text(point));
        assertEquals("0.6000", TrainingMeasure.DEAD.text(point));
    }
}
