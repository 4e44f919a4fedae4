package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of images and masks: name, rule, shape. */
final class ImageShapes {
    private ImageShapes() {}

    /** Requires one image, {@code [1, channels, height, width]}. */
    static INDArray requireImage(String name, INDArray image) {
        if (Args.given(name, image).rank() != 4 || image.size(0) != 1) {
            throw Args.failure(
                    name,
                    "one image [1, channels, height, width], as ImageFile.read gives it",
                    Arrays.toString(image.shape()));
        }
        return image;
    }

    /** Requires one image in gray or colour. */
    static INDArray requirePhotograph(String name, INDArray image) {
        long channels = requireImage(name, image).size(1);
        if (channels != 1 && channels != 3) {
            throw Args.failure(name, "of 1 channel, gray, or 3, red, green and blue", channels + " channels");
        }
        long bad = Finite.countBad(image);
        if (bad > 0) {
            throw Args.failure(name, "finite", bad + " NaN or infinite values");
        }
        return image;
    }

    /** Requires the mask of an image: a channel of its size with 0 and 1, some of them 1. */
    static INDArray requireMask(INDArray mask, INDArray image) {
        long[] wanted = {1, 1, image.size(2), image.size(3)};
        if (!Arrays.equals(Args.given("mask", mask).shape(), wanted)) {
            throw Args.failure("mask", "of shape " + Arrays.toString(wanted), Arrays.toString(mask.shape()));
        }
        float[] values = mask.dup('c').data().asFloat();
        boolean some = false;
        for (float value : values) {
            if (value != 0 && value != 1) {
                throw Args.failure("mask", "1 for known pixels and 0 for missing ones", value);
            }
            some |= value == 1;
        }
        if (!some) {
            throw Args.failure("mask", "with at least one known pixel", "none");
        }
        return mask;
    }

    /** Requires two images of one shape. */
    static void requireAlike(INDArray image, INDArray reference) {
        if (!Arrays.equals(image.shape(), reference.shape())) {
            throw Args.failure(
                    "reference",
                    "of the image's shape " + Arrays.toString(image.shape()),
                    Arrays.toString(reference.shape()));
        }
    }
}
