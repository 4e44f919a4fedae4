package io.github.dl4jsparse.nn.lista;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values of the auxiliary channels of a batch: weights of pixels, and the noise level of each image.
 *
 * @param mask   weights of the pixels, image by image; null where the layer has no such channel
 * @param pixels the mask times the weights of pixels at the border; null likewise
 * @param levels noise level sigma of each image; null where the layer has no such channel
 */
record AuxiliaryInput(PixelWeights mask, PixelWeights pixels, double[] levels) {
    /** For a layer whose input has no auxiliary channels. */
    static final AuxiliaryInput NONE = new AuxiliaryInput(null, null, null);

    /**
     * With a mask.
     *
     * @param mask   {@code [batch, elements of an image]}. Stored by reference.
     * @param border weights that are the same for all images
     * @param levels of the images; null for none. Stored by reference.
     */
    static AuxiliaryInput of(INDArray mask, PixelWeights border, double[] levels) {
        PixelWeights own = PixelWeights.ofImages(mask);
        if (border.areAlike()) {
            return new AuxiliaryInput(own, own, levels);
        }
        INDArray both = mask.dup('c');
        border.multiply(both);
        return new AuxiliaryInput(own, PixelWeights.ofImages(both), levels);
    }

    /**
     * The same with a mask of time steps.
     *
     * @param steps  {@code [batch, elements of an image]}. Stored by reference.
     * @param border weights that are the same for all images
     */
    AuxiliaryInput withSteps(INDArray steps, PixelWeights border) {
        if (mask != null) {
            mask.multiply(steps);
        }
        return of(steps, border, levels);
    }

    boolean isEmpty() {
        return mask == null && levels == null;
    }

    /** The values of some of the images. */
    AuxiliaryInput rows(long first, long count) {
        int from = Math.toIntExact(first);
        return new AuxiliaryInput(
                mask == null ? null : mask.rows(first, count),
                pixels == null ? null : pixels.rows(first, count),
                levels == null ? null : Arrays.copyOfRange(levels, from, from + Math.toIntExact(count)));
    }
}
