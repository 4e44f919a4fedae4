package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Images to learn filters from.
 *
 * @param name   what a reader knows the data by
 * @param images {@code [height][width]} by name. Not modified.
 */
public record Photographs(String name, Map<String, float[][]> images) {
    /**
     * The same images whitened.
     *
     * @throws IllegalArgumentException if an image is too small, or of one brightness; names it
     */
    public Photographs whitened(FrequencyWhitening whitening) {
        Map<String, float[][]> white = new LinkedHashMap<>();
        images.forEach((image, pixels) -> {
            try {
                white.put(image, whitening.whiten(pixels));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("image \"" + image + "\": " + e.getMessage(), e);
            }
        });
        return new Photographs(name, white);
    }

    /** Square windows of these images from random places, new ones in every epoch. */
    public PatchSampler.Builder windows(int side, long seed) {
        PatchSampler.Builder builder = PatchSampler.builder()
                .patchSize(side, side)
                .freshEachEpoch(true)
                .seed(seed);
        images.forEach(builder::image);
        return builder;
    }
}
