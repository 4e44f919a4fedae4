package io.github.dl4jsparse.examples.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextureTilesTest {
    @Test
    void dealsEveryTileOnce() throws IOException {
        float[][] pixels = new float[500][512];
        for (int i = 0; i < 500; i++) {
            for (int j = 0; j < 512; j++) {
                pixels[i][j] = i / TextureTiles.SIDE * 10 + j / TextureTiles.SIDE;
            }
        }
        TextureTiles tiles = TextureTiles.of("x", pixels, 1);
        Set<Float> seen = new TreeSet<>();
        Stream.of(tiles.fitted(), tiles.heldOut(), tiles.fresh())
                .flatMap(Stream::of)
                .forEach(tile -> {
                    assertEquals(tile[0][0], tile[95][95]);
                    seen.add(tile[0][0]);
                });
        assertEquals(25, seen.size());
        assertEquals(9, tiles.heldOut().length);
        assertEquals(8, tiles.fitted().length);
    }

    @Test
    void refusesASmallPhotograph() {
        assertEquals(
                "texture x must have at least 18 tiles of 96 x 96 pixels, got 1; give a larger photograph",
                assertThrows(IOException.class, () -> TextureTiles.of("x", new float[100][100], 1))
                        .getMessage());
    }
}
