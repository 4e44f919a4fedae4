package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private final PlainBuffers<float[]> rooms = new PlainBuffers<>(float[]::new, room -> room.length);

    @Test
    void areUsedAgainWhereTheyAreLongEnough() {
        float[] room = rooms.of(PlainBuffers.Use.PLANE, 5);
        assertSame(room, rooms.of(PlainBuffers.Use.PLANE, 3));
        assertTrue(rooms.of(PlainBuffers.Use.PLANE, 6).length >= 6);
    }

    @Test
    void areOnesOwnForEachUseAndThread() {
        float[] room = rooms.of(PlainBuffers.Use.PLANE, 5);
        assertNotSame(room, rooms.of(PlainBuffers.Use.SHIFTED, 5));
        assertNotSame(
                room,
                CompletableFuture.supplyAsync(
                                () -> rooms.of(PlainBuffers.Use.PLANE, 5), task -> new Thread(task).start())
                        .join());
    }
}
