package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.examples.data.PhotographSettings;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.operator.LocalGeometry;
import java.util.Locale;
import java.util.Random;
import lombok.Getter;
import lombok.experimental.Accessors;
import picocli.CommandLine.Option;

/** All that decides what {@code map} learns: a preset, and single values in place of its own. */
@Getter
@Accessors(fluent = true)
final class MapSettings extends PhotographSettings {
    private static final double SMOOTHING = 1e-3;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "small",
            description = "${COMPLETION-CANDIDATES}: a map of 30 x 30 or 60 x 60 units (default: ${DEFAULT-VALUE}).")
    private Preset preset;

    @Option(
            names = "--control",
            description =
                    "Also train the same map with L1 in place of windows, and with the windows of shuffled units.")
    private boolean control;

    @Option(names = "--places", paramLabel = "N", description = "Places along a side of the map.")
    private int places;

    @Option(names = "--unit-rows", paramLabel = "N", description = "Units along a side of a place (default: 2).")
    private int unitRows;

    @Option(names = "--kernel", paramLabel = "N", description = "Side of a filter in pixels (default: 9).")
    private int kernel;

    @Option(names = "--window", paramLabel = "N", description = "Side of a window in units (default: 5).")
    private int window;

    @Option(names = "--sigma", paramLabel = "X", description = "Of the Gaussian weights in a window (default: 1.5).")
    private double sigma;

    @Option(names = "--l1", paramLabel = "X", description = "Weight of the penalty of the L1 control.")
    private double l1;

    @Option(names = "--cutoff", paramLabel = "X", description = "Of the whitening, in cycles per pixel (default: 0.3).")
    private double cutoff;

    @Option(names = "--images", paramLabel = "N", description = "Images of an epoch.")
    private int images;

    /** What the penalty takes for neighbours. */
    enum Structure {
        /** Windows over the map. */
        MAP,
        /** The windows of a map whose units are in random places: a control. */
        SHUFFLED,
        /** Nothing, units are on their own: a control. */
        L1;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The sizes of map, sections of the presets file. */
    enum Preset {
        SMALL,
        LARGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range, or the window does not fit the map */
    @Override
    public void check() {
        complete(quick() ? new String[] {"all", preset.toString(), "short"} : new String[] {"all", preset.toString()});
        super.check();
        Args.atLeast("--places", places, 1);
        Args.atLeast("--unit-rows", unitRows, 1);
        Args.atLeast("--kernel", kernel, 3);
        Args.atLeast("--window", window, 1);
        Args.bound("--sigma", sigma);
        Args.nonNegative("--l1", l1);
        Args.positive("--cutoff", cutoff);
        Args.atLeast("--images", images, 1);
        windows();
    }

    /** Side of an image in pixels: patches lie inside. */
    int side() {
        return places + kernel - 1;
    }

    /** Units along a side of the map. */
    int mapSide() {
        return places * unitRows;
    }

    LocalGeometry geometry() {
        return new LocalGeometry(1, side(), side(), kernel, 1, unitRows * unitRows, false);
    }

    /** The windows over the map, on the units as a code numbers them. */
    Groups windows() {
        return Groups.torus(mapSide(), mapSide(), Window.of(window).gaussian(sigma))
                .renumbered(geometry().sheet(unitRows));
    }

    /** The penalty of a structure. */
    Penalty penalty(Structure structure, long seed) {
        return switch (structure) {
            case MAP -> new SmoothedGroupPenalty(lambda(), windows(), SMOOTHING);
            case SHUFFLED ->
                new SmoothedGroupPenalty(
                        lambda(),
                        windows().renumbered(Shuffles.of(mapSide() * mapSide(), new Random(seed))),
                        SMOOTHING);
            case L1 -> new L1Penalty(l1);
        };
    }

    /** A line for people. */
    String summary(Structure structure) {
        return String.format(
                Locale.ROOT,
                "map of %d x %d units, filters of %d x %d on images of %d x %d, %s, %d epochs of %d",
                mapSide(),
                mapSide(),
                kernel,
                kernel,
                side(),
                side(),
                structure == Structure.L1
                        ? "L1 " + l1
                        : "windows of " + window + " (sigma " + sigma + "), lambda " + lambda(),
                epochs(),
                images);
    }
}
