package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

class StepsRoomTest {
    @Test
    @SuppressWarnings("try")
    void sameNumbersGetTheSameArraysOutsideOfWorkspaces() {
        StepsRoom room = new StepsRoom();
        Steps first;
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("STEPS_ROOM_TEST")) {
            first = room.of(DataType.FLOAT, 3, 4, 5);
        }
        assertFalse(first.all().isAttached());
        assertArrayEquals(new long[] {12, 5}, first.all().shape());
        assertArrayEquals(new long[] {4, 5}, first.step(2).shape());
        first.all().assign(0);
        first.step(1).assign(7);
        assertEquals(4 * 5 * 7, first.all().sumNumber().doubleValue(), 1e-6);
        assertSame(first, room.of(DataType.FLOAT, 3, 4, 5));
    }

    @Test
    void anyOtherNumberGetsNewArrays() {
        StepsRoom room = new StepsRoom();
        Steps before = room.of(DataType.FLOAT, 3, 4, 5);
        Object[][] cases = {
            {DataType.FLOAT, 3, 2, 5}, {DataType.FLOAT, 2, 3, 5}, {DataType.FLOAT, 2, 3, 6}, {DataType.DOUBLE, 2, 3, 6}
        };
        for (Object[] c : cases) {
            Steps after = room.of((DataType) c[0], (int) c[1], (int) c[2], (int) c[3]);
            assertNotSame(before, after);
            assertEquals(c[0], after.all().dataType());
            assertEquals(c[1], after.each().length);
            assertArrayEquals(new long[] {(int) c[2], (int) c[3]}, after.step(0).shape());
            before = after;
        }
    }
}
