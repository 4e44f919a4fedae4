package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws labelled examples at random, as many of each class as possible. */
public final class BalancedDraw {
    private BalancedDraw() {}

    /**
     * The indices of the drawn examples, in random order.
     *
     * @param classes class of each example, from 0 on. Not modified.
     * @param number  of examples to draw, 1 to all
     * @throws IllegalArgumentException if there are fewer examples
     */
    public static int[] of(int[] classes, int number, long seed) {
        if (number < 1 || number > classes.length) {
            throw Args.failure("labels", "a number from 1 to the " + classes.length + " examples", number);
        }
        List<List<Integer>> ofClass = new ArrayList<>();
        for (int i = 0; i < classes.length; i++) {
            while (ofClass.size() <= classes[i]) {
                ofClass.add(new ArrayList<>());
            }
            ofClass.get(classes[i]).add(i);
        }
        Random random = new Random(seed);
        ofClass.forEach(examples -> Collections.shuffle(examples, random));
        List<Integer> chosen = new ArrayList<>();
        for (int round = 0; chosen.size() < number; round++) {
            for (List<Integer> examples : ofClass) {
                if (round < examples.size() && chosen.size() < number) {
                    chosen.add(examples.get(round));
                }
            }
        }
        Collections.shuffle(chosen, random);
        return chosen.stream().mapToInt(i -> i).toArray();
    }
}
