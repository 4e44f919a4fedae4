package io.github.dl4jsparse.diagnostics;

import java.util.Random;
import java.util.stream.IntStream;

/** Permutations of the units of a map, for permutation tests. */
final class Arrangement {
    private Arrangement() {}

    /** The identity. */
    static int[] identity(int units) {
        return IntStream.range(0, units).toArray();
    }

    /** A random permutation of the entries at some positions (Fisher and Yates), in place. */
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
