package io.github.dl4jsparse.data;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import lombok.EqualsAndHashCode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

    /** Deviations below this share of an image's largest value are rounding errors. */
    private static final double ROUNDING = 1e-12;

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
        if (window < 3 || window % 2 == 0) {
            throw Args.failure("window", "odd and at least 3", window);
        }
        this.window = window;
        this.deviation = Args.positive("deviation", deviation);
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
        INDArray images = images(values);
        INDArray rowFilter = filter(images.size(2));
        INDArray columnFilter = filter(images.size(3));
        INDArray v = images.sub(smooth(overChannels(images), rowFilter, columnFilter));
        // squares of rounding errors can't become negative: all weights are positive
        INDArray sigma = Nd4j.math().sqrt(smooth(overChannels(v.mul(v)), rowFilter, columnFilter));
        INDArray floor = sigma.mean(true, 1, 2, 3);
        INDArray rounding = images.amax(1, 2, 3)
                .reshape(images.size(0), 1, 1, 1)
                .muli(ROUNDING)
                .addi(Double.MIN_NORMAL);
        INDArray divisor = Nd4j.math().max(sigma, Nd4j.math().max(floor, rounding));
        return v.divi(divisor);
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

    /** The mean over channels: {@code [batch, 1, height, width]}; shared where there is one channel. */
    private static INDArray overChannels(INDArray images) {
        return images.size(1) == 1 ? images : images.mean(true, 1);
    }

    /** Applies the separable window to images {@code [batch, 1, height, width]}. */
    private static INDArray smooth(INDArray images, INDArray rowFilter, INDArray columnFilter) {
        long batch = images.size(0);
        long height = images.size(2);
        long width = images.size(3);
        // a product is in f order, so that its transpose is in c order and takes other shapes without a copy
        INDArray alongRows = images.reshape('c', batch * height, width)
                .mmul(columnFilter.transpose())
                .transpose();
        INDArray alongBoth = alongRows
                .reshape('c', width * batch, height)
                .mmul(rowFilter.transpose())
                .transpose();
        return alongBoth
                .reshape('c', height, width, batch)
                .permute(2, 0, 1)
                .dup('c')
                .reshape('c', batch, 1, height, width);
    }

    /** The banded matrix that smooths a line of {@code size} pixels; every row sums to 1. */
    private INDArray filter(long size) {
        int n = Math.toIntExact(size);
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            int from = Math.max(0, i - window / 2);
            int to = Math.min(n - 1, i + window / 2);
            double sum = 0;
            for (int j = from; j <= to; j++) {
                double distance = (j - i) / deviation;
                rows[i][j] = Math.exp(-distance * distance / 2);
                sum += rows[i][j];
            }
            for (int j = from; j <= to; j++) {
                rows[i][j] /= sum;
            }
        }
        return Nd4j.createFromArray(rows);
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
