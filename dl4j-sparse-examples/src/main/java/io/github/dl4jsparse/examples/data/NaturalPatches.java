package io.github.dl4jsparse.examples.data;

import io.github.dl4jsparse.data.FrequencyWhitening;
import io.github.dl4jsparse.data.PatchSampler;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Patches of whitened photographs, without their means.
 *
 * @param name     of the data
 * @param training new patches in every epoch
 * @param heldOut  {@code [patches, pixels]}, of the same photographs but from places of their own
 * @param choice   as many more, for choices that what is measured must not know of
 * @param first    the first photograph, to show what becomes of a whole one
 */
public record NaturalPatches(String name, PatchSampler training, INDArray heldOut, INDArray choice, Whitened first) {
    /**
     * A photograph before and after.
     *
     * @param name   of the photograph
     * @param pixels {@code [height][width]}. Not modified.
     * @param white  the same whitened, of variance 1. Not modified.
     */
    public record Whitened(String name, float[][] pixels, float[][] white) {}

    /**
     * Whitens photographs and cuts patches.
     *
     * @throws IllegalArgumentException if an image is smaller than a patch, or of one brightness; names it
     */
    public static NaturalPatches of(Photographs photographs, PatchSampling s, long seed) {
        Photographs white = photographs.whitened(new FrequencyWhitening());
        PatchSampler training = white.windows(s.patch(), seed)
                .removeMean(true)
                .batch(s.batch())
                .patches(s.patches())
                .build();
        PatchSampler heldOut = white.windows(s.patch(), ~seed)
                .removeMean(true)
                .batch(s.heldOut())
                .patches(2 * s.heldOut())
                .build();
        String first = white.images().keySet().iterator().next();
        return new NaturalPatches(
                white.name(),
                training,
                heldOut.next().getFeatures(),
                heldOut.next().getFeatures(),
                new Whitened(
                        first, photographs.images().get(first), white.images().get(first)));
    }
}
