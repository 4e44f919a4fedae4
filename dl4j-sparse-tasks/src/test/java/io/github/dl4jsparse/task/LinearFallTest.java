package io.github.dl4jsparse.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LinearFallTest {
    @Test
    void theRateFallsToZeroAfterTheLastUpdate() {
        assertEquals(0.1, new LinearFall(0.1, 50).valueAt(0, 0), 1e-12);
        assertEquals(0.05, new LinearFall(0.1, 50).valueAt(25, 0), 1e-12);
        assertEquals(0, new LinearFall(0.1, 50).valueAt(50, 0), 1e-12);
        assertEquals(0, new LinearFall(0.1, 50).valueAt(60, 9), 1e-12);
    }
}
