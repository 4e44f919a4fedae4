package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes noise from images and fills in missing pixels, by sparse coding.
 * <p>\[ y = M (x + \sigma n), \qquad \hat x = D\, z(y, M, \sigma) \]
 * where x is the image, n white Gaussian noise and M 1 for pixels that are known. The code z is that of a convolutional encoder that was
 * {@link #training trained} on photographs, with thresholds that grow with sigma; or that of overlapping patches in a
 * {@link #dictionary} that was learned on patches, whose reconstructions are averaged.
 * <p>Colour images are restored in three channels, brightness and two differences of colours, each as a gray image: a rotation of
 * red, green and blue, in which white noise stays white.
 * <p>Shapes: images {@code [1, 1 or 3, height, width]} as {@code ImageFile.read} gives them, values from 0 to 1, noise levels in the
 * same units ({@code 25 / 255.0}); masks {@code [1, 1, height, width]}. Results have the image's shape, in float,
 * clipped to 0 to 1.
 * <p>Errors: {@code IllegalArgumentException} with the rule and the shape for images, masks and levels that break this.
 */
public final class ImageRestorer {
    private static final Logger LOG = LoggerFactory.getLogger(ImageRestorer.class);

    private final Restoration restoration;

    ImageRestorer(Restoration restoration) {
        this.restoration = restoration;
    }

    /** Trains a convolutional encoder on photographs. */
    public static RestorerTraining training() {
        return new RestorerTraining();
    }

    /** Learns a dictionary of patches, on photographs or on the image itself. */
    public static DictionaryLearning dictionary() {
        return new DictionaryLearning();
    }

    /**
     * Reads a restorer.
     *
     * @throws IOException if the file is not as it was saved, or no restorer's; names the file and what was found
     */
    public static ImageRestorer load(Path file) throws IOException {
        return new ImageRestorer(RestorerFile.read(file));
    }

    /**
     * Saves the restorer in one file with a seal, which appears whole or not at all.
     *
     * @throws IOException if the file can't be written; an older one stays as it was
     */
    public void save(Path file) throws IOException {
        RestorerFile.write(Args.given("file", file), restoration);
    }

    /**
     * Removes noise whose level is estimated by {@link NoiseLevel}.
     *
     * @param image not modified
     */
    public INDArray denoise(INDArray image) {
        return denoise(image, NoiseLevel.of(ImageShapes.requirePhotograph("image", image)));
    }

    /**
     * Removes noise.
     *
     * @param image not modified
     * @param sigma its standard deviation, in the units of the image; at least 0
     */
    public INDArray denoise(INDArray image, double sigma) {
        return restore(image, null, sigma);
    }

    /**
     * Fills in the missing pixels of an image without noise; the others stay as they are.
     *
     * @param image not modified
     * @param mask  1 for pixels that are known and 0 for those that are missing, whose values do not matter. Not modified.
     */
    public INDArray inpaint(INDArray image, INDArray mask) {
        INDArray filled = restore(image, ImageShapes.requireMask(mask, image), 0);
        for (int c = 0; c < image.size(1); c++) {
            INDArray channel = filled.slice(0).slice(c);
            INDArray known = mask.slice(0).slice(0);
            channel.muli(known.rsub(1)).addi(image.slice(0).slice(c).mul(known));
        }
        return filled;
    }

    /**
     * Removes noise and fills in missing pixels.
     *
     * @param image not modified
     * @param mask  as for {@link #inpaint}; null if all pixels are known
     * @param sigma as for {@link #denoise(INDArray, double)}
     */
    public INDArray restore(INDArray image, INDArray mask, double sigma) {
        ImageShapes.requirePhotograph("image", image);
        Args.nonNegative("sigma", sigma);
        if (mask != null) {
            ImageShapes.requireMask(mask, image);
        }
        INDArray single = image.castTo(DataType.FLOAT);
        INDArray restored = image.size(1) == 1
                ? planes(single, mask, sigma)
                : OpponentColours.image(planes(OpponentColours.planes(single), mask, sigma * OpponentColours.NOISE));
        return Transforms.min(Transforms.max(restored, 0, false), 1, false);
    }

    /**
     * Restores, and fills pixels that are further from known ones than the reach of the restoration by
     * {@link HoleFilling}.
     */
    private INDArray planes(INDArray planes, INDArray mask, double sigma) {
        INDArray restored = restoration.restore(planes, mask, sigma);
        if (mask != null && mask.minNumber().doubleValue() <= 0) {
            HoleFilling filling = HoleFilling.of(planes, mask);
            int far = filling.beyond(restoration.reach());
            if (far > 0) {
                filling.copyBeyond(restoration.reach(), restored);
                LOG.warn(
                        "{} missing pixels are further than {} from any known one: they get the mean of their surroundings, without detail",
                        far,
                        restoration.reach());
            }
        }
        return restored;
    }
}
