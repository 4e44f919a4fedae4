package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final Rooms<float[]> rooms = new Rooms<>(float[]::new, room -> room.length);

    @Test
    void areUsedAgainWhereTheyAreLongEnough() {
        float[] room = rooms.of(Rooms.Use.PLANE, 5);
        assertSame(room, rooms.of(Rooms.Use.PLANE, 3));
        assertTrue(rooms.of(Rooms.Use.PLANE, 6).length >= 6);
    }

    @Test
    void areOnesOwnForEachUseAndThread() {
        float[] room = rooms.of(Rooms.Use.PLANE, 5);
        assertNotSame(room, rooms.of(Rooms.Use.SHIFTED, 5));
        assertNotSame(
                room,
                CompletableFuture.supplyAsync(() -> rooms.of(Rooms.Use.PLANE, 5), task -> new Thread(task).start())
                        .join());
    }
}
