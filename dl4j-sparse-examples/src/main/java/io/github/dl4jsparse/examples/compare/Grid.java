package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that a row of the table may take: a few values an axis. The first value of each axis together are the
 * setting that one would start with: it is always the first trial. The others are drawn at random from all
 * combinations.
 */
final class Grid {
    private static final int QUICK = 20;

    private final List<Axis> axes;

    private Grid(List<Axis> axes) {
        this.axes = List.copyOf(axes);
    }

    /**
     * One thing to be chosen.
     *
     * @param pretraining whether training without labels depends on it
     * @param effort      whether training takes longer for larger values
     * @param values      the first is where one would start
     */
    record Axis(String name, boolean pretraining, boolean effort, List<Double> values) {
        Axis {
            if (values.isEmpty() || new LinkedHashSet<>(values).size() < values.size()) {
                throw Args.failure("values of " + name, "at least one, none twice", values);
            }
            values = List.copyOf(values);
        }

        Axis quick() {
            return !effort
                    ? this
                    : new Axis(
                            name,
                            pretraining,
                            true,
                            values.stream()
                                    .map(v -> Math.max(1, Math.floor(v / QUICK)))
                                    .distinct()
                                    .toList());
        }
    }

    /** A grid without axes, to be built on. */
    static Grid empty() {
        return new Grid(List.of());
    }

    /** Adds what training with labels depends on. */
    Grid axis(String name, double... values) {
        return with(name, false, false, values);
    }

    /** Adds a number of epochs or updates of training with labels. */
    Grid effort(String name, double... values) {
        return with(name, false, true, values);
    }

    /** Adds what training without labels depends on. */
    Grid pretraining(String name, double... values) {
        return with(name, true, false, values);
    }

    /** Adds a number of epochs of training without labels. */
    Grid pretrainingEffort(String name, double... values) {
        return with(name, true, true, values);
    }

    private Grid with(String name, boolean pretraining, boolean effort, double... values) {
        if (axes.stream().anyMatch(axis -> axis.name().equals(name))) {
            throw Args.failure("name", "an axis that the grid does not have yet", name);
        }
        List<Axis> more = new ArrayList<>(axes);
        more.add(new Axis(
                name, pretraining, effort, Arrays.stream(values).boxed().toList()));
        return new Grid(more);
    }

    /** The same with twenty times fewer epochs and updates: to see that it runs. */
    Grid quick() {
        return new Grid(axes.stream().map(Axis::quick).toList());
    }

    /** All axes, in order. */
    List<Axis> axes() {
        return axes;
    }

    /** Number of settings. */
    int size() {
        return axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
    }

    /** What training without labels depends on. */
    Setting pretraining(Setting setting) {
        Set<String> names =
                axes.stream().filter(Axis::pretraining).map(Axis::name).collect(Collectors.toSet());
        return setting.only(names);
    }

    /**
     * The settings to try, all different, the one to start with first.
     *
     * @param trials how many
     * @throws IllegalArgumentException if the grid has fewer: every row is tried as often
     */
    List<Setting> draw(int trials, long seed) {
        if (trials < 1 || trials > size()) {
            throw Args.failure(
                    "--trials", "a number from 1 to the " + size() + " settings of the smallest grid", trials);
        }
        List<Integer> others = new ArrayList<>();
        for (int i = 1; i < size(); i++) {
            others.add(i);
        }
        Collections.shuffle(others, new Random(seed));
        List<Setting> drawn = new ArrayList<>();
        drawn.add(setting(0));
        others.subList(0, trials - 1).forEach(i -> drawn.add(setting(i)));
        return drawn;
    }

    private Setting setting(int index) {
        Map<String, Double> values = new LinkedHashMap<>();
        int rest = index;
        for (Axis axis : axes) {
            values.put(axis.name(), axis.values().get(rest % axis.values().size()));
            rest /= axis.values().size();
        }
        return new Setting(values);
    }

    /** All axes with their values, in one line. */
    @Override
    public String toString() {
        return axes.stream()
                .map(axis -> axis.name() + " "
                        + axis.values().stream().map(Setting::text).collect(Collectors.joining("/")))
                .collect(Collectors.joining(", "));
    }
}
