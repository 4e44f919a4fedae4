package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AnomalyDetectorBuilderTest {
    private static String failure(Runnable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong::run).getMessage();
    }

    @Test
    void namesEveryBadValue() {
        AnomalyDetectorBuilder builder = AnomalyDetector.builder();
        assertEquals(
                "share of false alarms must be above 0 and below 1, got 1.0", failure(() -> builder.falseAlarms(1)));
        assertEquals(
                "share of false alarms must be above 0 and below 1, got NaN",
                failure(() -> builder.falseAlarms(Double.NaN)));
        assertEquals("units must be at least 1, got 0", failure(() -> builder.units(0)));
        assertEquals("penalty weight must be finite and > 0, got 0.0", failure(() -> builder.penaltyWeight(0)));
        assertEquals("width of a patch must be at least 1, got 0", failure(() -> builder.patch(1, 0)));
        assertEquals("stride must be at least 1, got 0", failure(() -> builder.stride(0)));
        assertEquals("top share must be above 0 and below 1, got 0.0", failure(() -> builder.topShare(0)));
        assertEquals(
                "share of held-out examples must be above 0 and below 1, got 0.0", failure(() -> builder.heldOut(0)));
        assertEquals("updates must be at least 1, got 0", failure(() -> builder.updates(0)));
        assertEquals("learning rate must be finite and > 0, got -1.0", failure(() -> builder.learningRate(-1)));
    }

    @Test
    void namesExamplesThatCannotBeFitted() {
        AnomalyDetectorBuilder builder = AnomalyDetector.builder();
        assertEquals(
                "number of good examples must be at least 4, some to fit and some to hold out; cut a large image or recording"
                        + " into pieces, got 1",
                failure(() -> builder.fit(Nd4j.zeros(1, 1, 64, 64))));
        assertEquals(
                "good examples must be [examples, features], [examples, channels, time] or [examples, channels, height,"
                        + " width], got [5]",
                failure(() -> builder.fit(Nd4j.zeros(5))));
        assertEquals(
                "height of a patch must be from 1 to 4, got 5",
                failure(() -> AnomalyDetector.builder().patch(5, 5).fit(Nd4j.zeros(9, 1, 4, 4))));
        assertEquals(
                "held-out good examples must be of the shape of the good examples, [examples, 3]; read them as those were"
                        + " read, got [9, 4]",
                failure(() -> builder.fit(Nd4j.rand(9, 3), Nd4j.rand(9, 4))));
    }

    @Test
    void smallImagesAndSignalsAreComparedWhole() {
        AnomalyDetectorBuilder builder = AnomalyDetector.builder();
        assertEquals(new PieceLayout(1, 28, 28, 28, 28, 1), builder.layout(1, 28, 28));
        assertEquals(new PieceLayout(3, 32, 40, 6, 6, 2), builder.layout(3, 32, 40));
        assertEquals(new PieceLayout(1, 300, 256, 6, 6, 3), builder.layout(1, 300, 256));
        assertEquals(new PieceLayout(2, 1, 500, 1, 500, 1), builder.layout(2, 1, 500));
        assertEquals(new PieceLayout(1, 32, 40, 32, 40, 1), builder.whole().layout(1, 32, 40));
        assertEquals(
                new PieceLayout(2, 1, 500, 1, 50, 5),
                builder.patch(1, 50).stride(5).layout(2, 1, 500));
    }

    /** Constant examples have no deviation; a change is odd all the same. */
    @Test
    void constantExamplesAreFitted() {
        AnomalyDetector detector =
                AnomalyDetector.builder().units(2).falseAlarms(0.2).fit(Nd4j.ones(20, 3));
        assertEquals(false, detector.isAnomalous(Nd4j.ones(1, 3))[0]);
        assertEquals(true, detector.isAnomalous(Nd4j.ones(1, 3).mul(2))[0]);
    }
}
