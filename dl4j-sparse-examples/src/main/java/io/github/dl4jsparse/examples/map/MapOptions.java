package io.github.dl4jsparse.examples.map;

import io.github.dl4jsparse.examples.data.PhotographOptions;
import io.github.dl4jsparse.examples.map.MapSettings.Preset;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of {@code map}: a preset, and single values in place of its own. */
final class MapOptions extends PhotographOptions {
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

    @Option(names = "--places", paramLabel = "N", description = "Places along a side; each has 2 x 2 units.")
    private Integer places;

    @Option(names = "--kernel", paramLabel = "N", description = "Side of a filter in pixels (default: 9).")
    private Integer kernel;

    @Option(names = "--window", paramLabel = "N", description = "Side of a window in units (default: 5).")
    private Integer window;

    @Option(names = "--sigma", paramLabel = "X", description = "Of the Gaussian weights in a window (default: 1.5).")
    private Double sigma;

    @Option(names = "--l1", paramLabel = "X", description = "Weight of the penalty of the L1 control.")
    private Double l1;

    @Option(names = "--images", paramLabel = "N", description = "Images of an epoch.")
    private Integer images;

    boolean control() {
        return control;
    }

    /** Loads and whitens the images. */
    MapImages images(MapSettings settings) throws IOException {
        return MapImages.of(photographs(), settings, seed());
    }

    /**
     * The preset with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the window does not fit the map
     */
    MapSettings settings() {
        MapSettings s = quick() ? preset.settings().quick() : preset.settings();
        s = s.withPlaces(Objects.requireNonNullElse(places, s.places()))
                .withKernel(Objects.requireNonNullElse(kernel, s.kernel()))
                .withWindow(Objects.requireNonNullElse(window, s.window()))
                .withSigma(Objects.requireNonNullElse(sigma, s.sigma()))
                .withLambda(lambda(s.lambda()))
                .withL1(Objects.requireNonNullElse(l1, s.l1()))
                .withLearningRate(learningRate(s.learningRate()))
                .withEpochs(epochs(s.epochs()))
                .withImages(Objects.requireNonNullElse(images, s.images()))
                .withBatch(batch(s.batch()));
        s.windows();
        return s;
    }
}
