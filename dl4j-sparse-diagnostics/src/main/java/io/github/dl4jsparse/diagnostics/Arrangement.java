package io.github.dl4jsparse.diagnostics;

import java.util.Random;
import java.util.stream.IntStream;

/** Which unit is at each place of a map, for permutation tests. */
final class Arrangement {
    private Arrangement() {}

    /** Every unit in its own place. */
    static int[] identity(int units) {
        return IntStream.range(0, units).toArray();
    }

    /** Fisher and Yates, among some places only. */
    static void shuffle(int[] arrangement, int[] places, Random random) {
        for (int last = places.length - 1; last > 0; last--) {
            int a = places[last];
            int b = places[random.nextInt(last + 1)];
            int unit = arrangement[a];
            arrangement[a] = arrangement[b];
            arrangement[b] = unit;
        }
    }
}
