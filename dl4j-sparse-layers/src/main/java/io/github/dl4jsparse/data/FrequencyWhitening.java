package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.RowBlocks;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Flattens the spectrum of a natural image, cuts off its highest frequencies and scales it to unit variance.
 * <p>\[ \hat y(f) \propto f \exp(-(f / f_0)^4) \, \hat x(f), \qquad \operatorname{mean}(y) = 0, \quad
 * \operatorname{var}(y) = 1 \]
 * where f is the spatial frequency in cycles per pixel (at most 0.5 along an axis) and f0 the cut-off. Natural images have
 * amplitudes that fall as 1/f. The image is continued by reflection at its borders: its spectrum is the discrete cosine
 * transform, without the steps between opposite borders that a periodic continuation has, and no size needs padding.
 * <p>Shapes: image {@code [height, width]}; the result has the same shape. Four matrix products: 2 * 10^9 operations for
 * 512 x 512 pixels.
 * <p>An image of another rank, one that does not vary and one with NaN or infinity throw IllegalArgumentException.
 * <p>Reference: Olshausen and Field, Sparse coding with an overcomplete basis set: a strategy employed by V1?, Vision
 * Research 37, 1997.
 *
 * @param cutoff f0 in cycles per pixel, finite and &gt; 0
 */
public record FrequencyWhitening(double cutoff) {
    /** The cut-off of Olshausen and Field in cycles per pixel: 200 cycles in a picture of 512 pixels. */
    public static final double DEFAULT_CUTOFF = 0.4;

    /** A smaller deviation than this share of the largest value is rounding error. */
    private static final double ROUNDING = 1e-12;

    /** Checks the cut-off. */
    public FrequencyWhitening {
        Args.positive("cutoff", cutoff);
    }

    /** The filter with {@link #DEFAULT_CUTOFF}. */
    public FrequencyWhitening() {
        this(DEFAULT_CUTOFF);
    }

    /**
     * Whitens an image.
     *
     * @param image {@code [height][width]}. Not modified.
     */
    public float[][] whiten(float[][] image) {
        SourceImage source = SourceImage.of("image", image);
        return whiten(Nd4j.create(source.pixels(), new long[] {source.height(), source.width()}, 'c'))
                .toFloatMatrix();
    }

    /**
     * Whitens an image, in double precision.
     *
     * @param image {@code [height, width]}. Not modified.
     * @return a new array of the same type
     */
    public INDArray whiten(INDArray image) {
        if (Args.given("image", image).rank() != 2) {
            throw Args.failure("image", "a matrix [height, width]", Arrays.toString(image.shape()));
        }
        INDArray pixels = image.castTo(DataType.DOUBLE);
        double largest = Args.nonNegative("largest pixel", pixels.amaxNumber().doubleValue());
        INDArray rows = cosines(pixels.rows());
        INDArray columns = cosines(pixels.columns());
        INDArray spectrum = RowBlocks.product(RowBlocks.product(rows, pixels), columns.transpose())
                .muli(response(pixels.rows(), pixels.columns()));
        // the transform keeps norms, and the mean is 0
        double deviation = Norms.of(spectrum) / Math.sqrt(pixels.length());
        if (!(deviation > ROUNDING * largest)) {
            throw Args.failure("image", "finite and not of one brightness everywhere", "deviation " + deviation);
        }
        return RowBlocks.product(RowBlocks.product(rows.transpose(), spectrum.divi(deviation)), columns)
                .castTo(image.dataType());
    }

    /** The orthonormal cosine transform: row k has frequency {@code k / (2 n)} cycles per pixel. */
    private static INDArray cosines(int n) {
        double[] table = new double[4 * n];
        for (int i = 0; i < table.length; i++) {
            table[i] = Math.cos(2 * Math.PI * i / table.length);
        }
        double[][] rows = new double[n][n];
        for (int k = 0; k < n; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / n);
            for (int i = 0; i < n; i++) {
                rows[k][i] = scale * table[(int) ((2L * i + 1) * k % table.length)];
            }
        }
        return Nd4j.createFromArray(rows);
    }

    private INDArray response(int height, int width) {
        double[][] response = new double[height][width];
        for (int k = 0; k < height; k++) {
            for (int l = 0; l < width; l++) {
                double f = Math.hypot(k / (2.0 * height), l / (2.0 * width));
                response[k][l] = f * Math.exp(-Math.pow(f / cutoff, 4));
            }
        }
        return Nd4j.createFromArray(response);
    }
}
