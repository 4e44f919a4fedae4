package io.github.dl4jsparse.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {
    @ParameterizedTest
    @CsvSource({
        "1, 64, 1",
        "20, 64, 1",
        "63, 64, 1",
        "64, 64, 2",
        "100, 64, 2",
        "128, 64, 2",
        "256, 64, 4",
        "1000, 64, 8",
        "1, 1, 1",
        "2, 1, 2",
        "32, 3, 8"
    })
    void numberFollowsFromTheBatch(long batch, long examples, int count) {
        assertEquals(count, Blocks.of(batch, examples).count());
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "65, 64", "127, 64", "1000, 64", "7, 1"})
    void everyExampleIsInOneBlock(long batch, long examples) {
        Blocks blocks = Blocks.of(batch, examples);
        long next = 0;
        for (int b = 0; b < blocks.count(); b++) {
            assertEquals(next, blocks.first(b));
            next += blocks.size(b);
        }
        assertEquals(batch, next);
    }
}
