package io.github.dl4jsparse.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SparseThreadsTest {
    @Test
    void numberIsThatWhichWasSet() {
        int before = SparseThreads.get();
        try {
            SparseThreads.set(3);
            assertEquals(3, SparseThreads.get());
        } finally {
            SparseThreads.set(before);
        }
    }

    @Test
    void noThreadIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> SparseThreads.set(0))
                .getMessage();
        assertTrue(message.contains("number of threads") && message.contains("0"), message);
    }
}
