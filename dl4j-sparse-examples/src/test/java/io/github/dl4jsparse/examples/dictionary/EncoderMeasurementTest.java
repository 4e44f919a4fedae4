package io.github.dl4jsparse.examples.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EncoderMeasurementTest {
    // groups of two: (active, active), (zero, zero), (zero, active); then (active, active), (active, active), (active,
    // zero)
    private final INDArray z = Nd4j.create(new double[][] {{1, -2, 0, 0, 0, 3}, {1, 1, -1, 1, 1e-30, 0}});

    @Test
    void zeroGroupsAreThoseWithoutAnActiveUnit() {
        assertEquals(100.0 / 6, EncoderMeasurement.zeroGroupsPercent(Groups.blocks(6, 2), z), 1e-12);
    }

    @Test
    void partlyZeroGroupsAreCounted() {
        assertEquals(2, EncoderMeasurement.partlyZeroGroups(Groups.blocks(6, 2), z));
        assertEquals(0, EncoderMeasurement.partlyZeroGroups(Groups.blocks(6, 1), z));
    }

    @Test
    void partsOfGroupsThatOverlapAreNotCounted() {
        assertNull(EncoderMeasurement.partlyZeroGroups(Groups.ring(6, Window.of(3)), z));
    }
}
