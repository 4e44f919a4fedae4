package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Mean and variance of every channel over many batches, each batch about its own mean, so that large means cause no
 * loss of precision.
 * <p>\[ \mu \leftarrow \mu + \delta \frac{n_b}{n}, \qquad M \leftarrow M + M_b + \delta^2 \frac{n_a n_b}{n}, \qquad
 * \delta = \mu_b - \mu \]
 * where the index a is for earlier batches and b for the batch, n is the number of values of both, and M the sum of the
 * squared deviations.
 * <p>Reference: Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances, COMPSTAT 1982.
 */
public final class ChannelMoments {
    private final BatchNormalization layer;
    private long count;
    private INDArray mean;
    private INDArray deviations;

    /** @param layer of the kind that {@link #isFor} */
    public ChannelMoments(Layer layer) {
        this.layer = (BatchNormalization) layer;
    }

    /** Whether a layer is batch normalisation. */
    public static boolean isFor(Layer layer) {
        return layer instanceof BatchNormalization;
    }

    /** Whether a layer has the statistics that a new one has. */
    public static boolean isNew(Layer normalisation) {
        BatchNormalization layer = (BatchNormalization) normalisation;
        INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
        INDArray variance = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
        INDArray spread =
                variance == null ? layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD) : variance.sub(1);
        return mean.amaxNumber().doubleValue() == 0 && spread.amaxNumber().doubleValue() == 0;
    }

    /** The number of values per channel so far. */
    public long count() {
        return count;
    }

    /** @param x input of the layer. Not modified. */
    public void add(INDArray x) {
        int[] others = others(x);
        INDArray wide = x.castTo(DataType.DOUBLE);
        INDArray batchMean = wide.mean(others);
        long n = x.length() / batchMean.length();
        INDArray batchDeviations = wide.var(false, others).muli(n);
        if (count == 0) {
            mean = batchMean;
            deviations = batchDeviations;
        } else {
            INDArray delta = batchMean.subi(mean);
            double share = (double) n / (count + n);
            mean.addi(delta.mul(share));
            deviations.addi(batchDeviations).addi(delta.muli(delta).muli(share * count));
        }
        count += n;
    }

    private int[] others(INDArray x) {
        var conf = (org.deeplearning4j.nn.conf.layers.BatchNormalization)
                layer.conf().getLayer();
        return switch (x.rank()) {
            case 2 -> new int[] {0};
            case 3 -> new int[] {0, 2};
            case 4 -> conf.getCnn2DFormat() == CNN2DFormat.NHWC ? new int[] {0, 1, 2} : new int[] {0, 2, 3};
            default -> throw Args.failure("input of batch normalisation", "of rank 2, 3 or 4", x.rank());
        };
    }

    /**
     * Writes the moments into the layer.
     *
     * @param name of the layer, for the error
     * @throws IllegalArgumentException if there were no values, or not all were finite
     */
    public void write(String name) {
        if (count == 0 || !Finite.all(mean) || !Finite.all(deviations)) {
            throw Args.failure(
                    "data",
                    "finite and at least one batch for batch normalisation \"" + name + "\"",
                    count == 0 ? "none" : "NaN or infinite values in its input");
        }
        INDArray variance = deviations.div(count);
        put(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
        if (layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR) != null) {
            put(BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
        } else {
            double eps = ((org.deeplearning4j.nn.conf.layers.BatchNormalization)
                            layer.conf().getLayer())
                    .getEps();
            put(
                    BatchNormalizationParamInitializer.GLOBAL_LOG_STD,
                    Transforms.log(variance.add(eps)).divi(2 * Math.log(10)));
        }
    }

    private void put(String parameter, INDArray values) {
        INDArray target = layer.getParam(parameter);
        target.assign(values.castTo(target.dataType()).reshape(target.shape()));
    }
}
