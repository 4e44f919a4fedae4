package io.github.dl4jsparse.examples.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random orders of units, for controls. */
public final class Shuffles {
    private Shuffles() {}

    /** The numbers from 0 on in a random order. */
    public static int[] of(int units, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, units).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(unit -> unit).toArray();
    }
}
