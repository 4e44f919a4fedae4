package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SmoothedGroupPenalty;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.operator.LocalGeometry;
import java.util.Locale;
import java.util.Random;
import lombok.With;

/**
 * Everything that decides what map is learned, apart from data and seed.
 *
 * @param structure    what the penalty takes for neighbours
 * @param places       places along each side of the map
 * @param unitRows     units along each side of a place, side by side on the map
 * @param kernel       side of a filter in pixels
 * @param window       side of a window in units
 * @param sigma        of the Gaussian weights of a window, in units
 * @param lambda       weight of the penalty of windows
 * @param l1           weight of the penalty of single units, for the control
 * @param cutoff       of the whitening in cycles per pixel
 * @param learningRate of Adam at the start; falls linearly to a twentieth
 * @param epochs       with images of their own each
 * @param images       of an epoch
 * @param batch        images an update
 */
@With
record MapSettings(
        Structure structure,
        int places,
        int unitRows,
        int kernel,
        int window,
        double sigma,
        double lambda,
        double l1,
        double cutoff,
        double learningRate,
        int epochs,
        int images,
        int batch) {

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

    /** The sizes of map. */
    enum Preset {
        SMALL(15, 5, 4000),
        LARGE(30, 12, 4000);

        private final int places;
        private final int epochs;
        private final int images;

        Preset(int places, int epochs, int images) {
            this.places = places;
            this.epochs = epochs;
            this.images = images;
        }

        MapSettings settings() {
            return new MapSettings(Structure.MAP, places, 2, 9, 5, 1.5, 0.1, 0.3, 0.3, 2e-2, epochs, images, 32);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double SMOOTHING = 1e-3;

    /** @throws IllegalArgumentException if a number is out of its range */
    MapSettings {
        Args.atLeast("--places", places, 1);
        Args.atLeast("unitRows", unitRows, 1);
        Args.atLeast("--kernel", kernel, 3);
        Args.atLeast("--window", window, 1);
        Args.bound("--sigma", sigma);
        Args.nonNegative("--lambda", lambda);
        Args.nonNegative("l1", l1);
        Args.positive("cutoff", cutoff);
        Args.positive("--learning-rate", learningRate);
        Args.atLeast("--epochs", epochs, 1);
        Args.atLeast("--images", images, 1);
        Args.atLeast("--batch", batch, 1);
    }

    /** A small map on few images, in seconds: it shows that everything runs. */
    MapSettings quick() {
        return withPlaces(8).withEpochs(2).withImages(640);
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

    /** The penalty of the structure. */
    Penalty penalty(long seed) {
        return switch (structure) {
            case MAP -> new SmoothedGroupPenalty(lambda, windows(), SMOOTHING);
            case SHUFFLED ->
                new SmoothedGroupPenalty(
                        lambda, windows().renumbered(Shuffles.of(mapSide() * mapSide(), new Random(seed))), SMOOTHING);
            case L1 -> new L1Penalty(l1);
        };
    }

    /** A line for people. */
    String summary() {
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
                        : "windows of " + window + " (sigma " + sigma + "), lambda " + lambda,
                epochs,
                images);
    }
}
