package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Patches of whitened photographs, without their means.
 *
 * @param name     of the data
 * @param training new patches in every epoch
 * @param heldOut  {@code [patches, pixels]}, of the same photographs but from places of their own
 * @param choice   as many more, for choices that what is measured must not know of
 */
record NaturalPatches(String name, PatchSampler training, INDArray heldOut, INDArray choice) {
    /**
     * Whitens photographs and cuts patches.
     *
     * @param images {@code [height][width]} by name. Not modified.
     * @throws IllegalArgumentException if an image is smaller than a patch, or of one brightness; names it
     */
    static NaturalPatches of(String name, Map<String, float[][]> images, DictionarySettings s, long seed) {
        FrequencyWhitening whitening = new FrequencyWhitening();
        Map<String, float[][]> white = new LinkedHashMap<>();
        images.forEach((image, pixels) -> {
            try {
                white.put(image, whitening.whiten(pixels));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("image \"" + image + "\": " + e.getMessage(), e);
            }
        });
        PatchSampler training =
                sampler(white, s, seed).batch(s.batch()).patches(s.patches()).build();
        PatchSampler heldOut = sampler(white, s, ~seed)
                .batch(s.heldOut())
                .patches(2 * s.heldOut())
                .build();
        return new NaturalPatches(
                name, training, heldOut.next().getFeatures(), heldOut.next().getFeatures());
    }

    private static PatchSampler.Builder sampler(Map<String, float[][]> images, DictionarySettings s, long seed) {
        PatchSampler.Builder builder = PatchSampler.builder()
                .patchSize(s.patch(), s.patch())
                .removeMean(true)
                .freshEachEpoch(true)
                .seed(seed);
        images.forEach(builder::image);
        return builder;
    }
}
