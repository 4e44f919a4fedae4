package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The invariance of each unit's response to a transformation: to small shifts of the image, or to the phase of a
 * grating.
 * <p>\[ v_u = \frac{\sum_{i,t} (r_{itu} - \bar r_{iu})^2}{\sum_{i,t} (r_{itu} - \bar r_u)^2} \]
 * where r is the response of unit u to variant t of image i, and the bars are means over the variants of an image and over
 * everything. This normalised variance goes from 0, where the response is the same for all variants of an image, to 1, where
 * it differs between variants only. It does not change if a response is scaled or shifted by a constant, so that norms
 * of groups can be compared with absolute responses of single units. It is undefined for units with a constant
 * response, which are left out of means.
 * <p>Shapes: responses are {@code [images, ...]}, with any further dimensions; these are the units, in c order. The
 * function is called once for each variant. Sums are in double precision.
 * <p>Errors: {@link IllegalArgumentException} if the function returns another number of rows than images, another
 * number of units than before, or a value that is not finite.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 */
public final class ResponseInvariance {
    /** Deviations below this fraction of the largest response are rounding error of single precision. */
    private static final double ROUNDING = 1e-6;

    private final double[] variances;

    private ResponseInvariance(double[] variances) {
        this.variances = variances;
    }

    /**
     * Measures under shifts: the nine variants of an image are its middle and the windows that lie by {@code pixels} to a
     * side, up or down, or both.
     *
     * @param responses from {@code [images, channels, height, width]}
     * @param images    {@code [images, channels, any, any]}, at least two, with sides of at least
     *      {@code height + 2 pixels} and {@code width + 2 pixels}, so that no window needs padding. Not modified.
     * @param height    of a window
     * @param width     of a window
     * @param pixels    at least 1
     */
    public static ResponseInvariance underShifts(
            UnaryOperator<INDArray> responses, INDArray images, int height, int width, int pixels) {
        Args.atLeast("pixels", pixels, 1);
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        if (Args.given("images", images).rank() != 4
                || images.size(2) < height + 2L * pixels
                || images.size(3) < width + 2L * pixels) {
            throw Args.failure(
                    "images",
                    "of shape [images, channels, at least " + (height + 2 * pixels) + ", at least "
                            + (width + 2 * pixels) + "]",
                    Arrays.toString(images.shape()));
        }
        long top = (images.size(2) - height) / 2;
        long left = (images.size(3) - width) / 2;
        List<INDArray> variants = new ArrayList<>();
        for (int dy = -pixels; dy <= pixels; dy += pixels) {
            for (int dx = -pixels; dx <= pixels; dx += pixels) {
                variants.add(images.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(top + dy, top + dy + height),
                                NDArrayIndex.interval(left + dx, left + dx + width))
                        .dup('c'));
            }
        }
        return of(responses, variants);
    }

    /**
     * Measures under changes of phase; the images are gratings.
     *
     * @param responses from what {@link Gratings#phase} returns
     * @param phases    variants of a grating, evenly from 0 to below a full turn; at least 3
     */
    public static ResponseInvariance underPhases(UnaryOperator<INDArray> responses, Gratings gratings, int phases) {
        Args.atLeast("phases", phases, 3);
        Args.given("gratings", gratings);
        List<INDArray> variants = new ArrayList<>();
        for (int t = 0; t < phases; t++) {
            variants.add(gratings.phase(2 * Math.PI * t / phases));
        }
        return of(responses, variants);
    }

    /**
     * Measures under any transformation.
     *
     * @param responses from one variant of all images
     * @param variants  {@code [images, ...]} each, at least two, of at least two images in the same order. Not modified.
     */
    public static ResponseInvariance of(UnaryOperator<INDArray> responses, List<INDArray> variants) {
        Args.given("responses", responses);
        Args.atLeast("number of variants", Args.given("variants", variants).size(), 2);
        int images = Args.atLeast("number of images", (int) variants.get(0).size(0), 2);
        double[][] values = new double[variants.size()][];
        for (int t = 0; t < values.length; t++) {
            INDArray response = Args.given("responses to variant " + t, responses.apply(variants.get(t)));
            long expected = t == 0 ? response.length() : values[0].length;
            if (response.rank() < 1 || response.size(0) != images || response.length() != expected) {
                throw Args.failure(
                        "responses to variant " + t,
                        "of " + images + " images and " + expected / images + " units",
                        Arrays.toString(response.shape()));
            }
            values[t] = HostArrays.doubles(response);
        }
        double[] variances = new double[values[0].length / images];
        for (int unit = 0; unit < variances.length; unit++) {
            variances[unit] = normalisedVariance(values, images, unit, variances.length);
        }
        return new ResponseInvariance(variances);
    }

    private static double normalisedVariance(double[][] values, int images, int unit, int units) {
        double sum = 0;
        double largest = 0;
        for (double[] variant : values) {
            for (int i = unit; i < variant.length; i += units) {
                largest = Math.max(largest, finite(unit, variant[i]));
                sum += variant[i];
            }
        }
        double mean = sum / (images * (double) values.length);
        double within = 0;
        double all = 0;
        for (int i = unit; i < values[0].length; i += units) {
            double own = 0;
            for (double[] variant : values) {
                own += variant[i] / values.length;
            }
            for (double[] variant : values) {
                within += (variant[i] - own) * (variant[i] - own);
                all += (variant[i] - mean) * (variant[i] - mean);
            }
        }
        double deviation = Math.sqrt(all / (images * (double) values.length));
        return deviation > ROUNDING * largest ? Math.min(1, within / all) : Double.NaN;
    }

    private static double finite(int unit, double response) {
        if (!Double.isFinite(response)) {
            throw Args.failure("response of unit " + unit, "finite", response);
        }
        return Math.abs(response);
    }

    /** The normalised variance of every unit, from 0 to 1, NaN for a unit with a constant response; a new array. */
    public double[] variances() {
        return variances.clone();
    }

    /** The mean normalised variance of the units that have one; NaN where none has. */
    public double mean() {
        return Arrays.stream(variances).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    /**
     * The mean normalised variance of these responses divided by that of others, such as of groups by that of their
     * members: below 1 where these are more invariant.
     */
    public double ratioTo(ResponseInvariance other) {
        return mean() / Args.given("other", other).mean();
    }
}
