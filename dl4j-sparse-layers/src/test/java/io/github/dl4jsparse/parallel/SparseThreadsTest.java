package io.github.dl4jsparse.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({", 4", "3, 3", "' 2 ', 2", "0, 4", "many, 4"})
    void thePropertyIsTheStartIfItCanBeUsed(String property, int threads) {
        assertEquals(threads, SparseThreads.initial(property, 4));
    }

    @Test
    void noThreadIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> SparseThreads.set(0))
                .getMessage();
        assertTrue(message.contains("number of threads") && message.contains("0"), message);
    }
}
