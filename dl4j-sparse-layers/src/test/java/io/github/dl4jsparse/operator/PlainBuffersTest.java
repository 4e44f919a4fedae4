package io.github.dl4jsparse.operator;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlainBuffersTest {
    private final PlainBuffers<float[]> buffers = new PlainBuffers<>(float[]::new, buffer -> buffer.length);

    @Test
    void areUsedAgainWhereTheyAreLongEnough() {
        float[] buffer = buffers.of(PlainBuffers.Use.PLANE, 5);
        assertSame(buffer, buffers.of(PlainBuffers.Use.PLANE, 3));
        assertTrue(buffers.of(PlainBuffers.Use.PLANE, 6).length >= 6);
    }

    @Test
    void areOnesOwnForEachUseAndThread() {
        float[] buffer = buffers.of(PlainBuffers.Use.PLANE, 5);
        assertNotSame(buffer, buffers.of(PlainBuffers.Use.SHIFTED, 5));
        assertNotSame(
                buffer,
                CompletableFuture.supplyAsync(
                                () -> buffers.of(PlainBuffers.Use.PLANE, 5), task -> new Thread(task).start())
                        .join());
    }
}
