package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * White Gaussian noise and missing pixels, for tests of a restoration on images that are known: equal seeds give equal
 * arrays on every machine.
 * <p>\[ y_i = x_i + \sigma\, n_i, \qquad n_i \sim \mathcal N(0, 1); \qquad P(m_i = 0) = s \]
 * <p>Shapes: images {@code [batch, channels, height, width]}, masks {@code [1, 1, height, width]}.
 */
public final class ImageNoise {
    private ImageNoise() {}

    /**
     * An image with noise, not clipped to the range of pixels.
     *
     * @param image not modified
     * @param sigma standard deviation, in the units of the image; at least 0
     * @return a new array of float
     */
    public static INDArray add(INDArray image, double sigma, long seed) {
        Args.given("image", image);
        Args.nonNegative("sigma", sigma);
        float[] values = image.castTo(DataType.FLOAT).dup('c').data().asFloat();
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (sigma * random.nextGaussian());
        }
        return Nd4j.createFromArray(values).reshape('c', image.shape());
    }

    /**
     * A mask in which each pixel is missing with the same probability.
     *
     * @param missing share of the pixels that are missing, from 0 to below 1
     * @return {@code [1, 1, height, width]} of float, 1 for a pixel that is known and 0 for one that is missing
     */
    public static INDArray mask(int height, int width, double missing, long seed) {
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        if (!(missing >= 0 && missing < 1)) {
            throw Args.failure("missing", "from 0 to below 1", missing);
        }
        float[] values = new float[Math.multiplyExact(height, width)];
        Random random = new Random(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < missing ? 0 : 1;
        }
        return Nd4j.createFromArray(values).reshape('c', 1, 1, height, width);
    }
}
