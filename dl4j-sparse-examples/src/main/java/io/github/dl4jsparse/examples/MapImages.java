package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Windows of whitened photographs, as images {@code [batch, 1, side, side]}.
 *
 * @param name     of the data
 * @param training new windows in every epoch
 * @param heldOut  windows of the same photographs from places of their own, larger by {@value #MARGIN} pixels on every side
 */
record MapImages(String name, PatchSampler training, INDArray heldOut) {
    /** The largest shift to measure under. */
    static final int MARGIN = 3;

    private static final int HELD_OUT = 200;

    /**
     * Whitens photographs and cuts windows.
     *
     * @param images {@code [height][width]} by name. Not modified.
     * @throws IllegalArgumentException if an image is too small, or of one brightness; names it
     */
    static MapImages of(String name, Map<String, float[][]> images, MapSettings s, long seed) {
        FrequencyWhitening whitening = new FrequencyWhitening(s.cutoff());
        Map<String, float[][]> white = new LinkedHashMap<>();
        images.forEach((image, pixels) -> {
            try {
                white.put(image, whitening.whiten(pixels));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("image \"" + image + "\": " + e.getMessage(), e);
            }
        });
        PatchSampler training = sampler(white, s.side(), seed)
                .batch(s.batch())
                .patches(s.images())
                .build();
        PatchSampler heldOut = sampler(white, s.side() + 2 * MARGIN, ~seed)
                .batch(HELD_OUT)
                .patches(HELD_OUT)
                .build();
        return new MapImages(name, training, heldOut.next().getFeatures());
    }

    private static PatchSampler.Builder sampler(Map<String, float[][]> images, int side, long seed) {
        PatchSampler.Builder builder = PatchSampler.builder()
                .patchSize(side, side)
                .removeMean(false)
                .freshEachEpoch(true)
                .flattened(false)
                .seed(seed);
        images.forEach(builder::image);
        return builder;
    }
}
