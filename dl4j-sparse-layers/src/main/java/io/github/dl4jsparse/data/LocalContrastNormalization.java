package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.GaussianSmoothing;
import io.github.dl4jsparse.internal.math.LocalContrast;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import lombok.EqualsAndHashCode;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Subtracts the mean of the neighbourhood from each pixel and divides by the deviation there.
 * <p>\[ v_k = x_k - G * \frac{1}{C} \sum_k x_k, \qquad \sigma = \sqrt{G * \frac{1}{C} \sum_k v_k^2}, \qquad
 * y_k = v_k / \max(c, \sigma) \]
 * where k runs over the C channels, G is a square Gaussian window whose weights sum to 1 and c is the mean of sigma over the
 * image. At the border the weights inside the image are divided by their sum. An image without contrast becomes zero. There
 * is no inverse: {@code revert} throws UnsupportedOperationException.
 * <p>Shapes: features {@code [batch, channels, height, width]}, or {@code [batch, channels * height * width]} in that order
 * if the size is given; modified in place. Each image is filtered by products with two banded matrices
 * {@code [height, height]} and {@code [width, width]}, all images at once.
 * <p>Features of another shape throw IllegalArgumentException.
 * <p>Reference: Jarrett, Kavukcuoglu, Ranzato and LeCun, What is the best multi-stage architecture for object recognition?,
 * ICCV 2009.
 */
@EqualsAndHashCode(callSuper = false)
public final class LocalContrastNormalization extends FeatureNormalizer {
    private static final long serialVersionUID = 1L;

    private final int window;
    private final double deviation;
    private final int channels;
    private final int height;
    private final int width;

    /**
     * For images {@code [batch, channels, height, width]} of any size.
     *
     * @param window    side of G in pixels, odd and at least 3; 9 is usual
     * @param deviation of the Gaussian in pixels, finite and &gt; 0; 2 is usual
     */
    public LocalContrastNormalization(int window, double deviation) {
        this(window, deviation, 0, 0, 0);
    }

    private LocalContrastNormalization(int window, double deviation, int channels, int height, int width) {
        GaussianSmoothing checked = new GaussianSmoothing(window, deviation);
        this.window = checked.window();
        this.deviation = checked.deviation();
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /**
     * The same normalisation for images of one size, which may come flattened, {@code [batch, channels * height * width]}.
     *
     * @param channels at least 1
     * @param height   in pixels, at least 1
     * @param width    in pixels, at least 1
     */
    public LocalContrastNormalization forImages(int channels, int height, int width) {
        return new LocalContrastNormalization(
                window,
                deviation,
                Args.atLeast("channels", channels, 1),
                Args.atLeast("height", height, 1),
                Args.atLeast("width", width, 1));
    }

    @Override
    INDArray transformed(INDArray values) {
        return LocalContrast.of(images(values), new GaussianSmoothing(window, deviation))
                .normalized();
    }

    private INDArray images(INDArray values) {
        if (values.rank() == 4) {
            return values.dup('c');
        }
        if (height == 0) {
            throw Args.failure(
                    "features",
                    "[batch, channels, height, width] (or call forImages for flattened ones)",
                    Arrays.toString(values.shape()));
        }
        Shapes.matrix("features", values, (long) channels * height * width);
        return values.dup('c').reshape('c', values.size(0), channels, height, width);
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        out.writeInt(window);
        out.writeDouble(deviation);
        out.writeInt(channels);
        out.writeInt(height);
        out.writeInt(width);
    }

    static LocalContrastNormalization read(DataInputStream in) throws IOException {
        return new LocalContrastNormalization(in.readInt(), in.readDouble(), in.readInt(), in.readInt(), in.readInt());
    }
}
