package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.HostArrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The auxiliary channels of an input: a pixel mask and a noise level, in this order after those of the image.
 * <p>Shapes: inputs {@code [batch, height, width, channels]}, images the same with {@link #first()} channels.
 *
 * @param mask     whether there is a mask
 * @param level    whether there is a noise level
 * @param channels of the input, all of them
 */
record AuxiliaryChannels(boolean mask, boolean level, long channels) {
    /** For a layer whose input has no auxiliary channels. */
    static final AuxiliaryChannels NONE = new AuxiliaryChannels(false, false, 0);

    private static final double ROUNDING = 1e-4;

    private int count() {
        return (mask ? 1 : 0) + (level ? 1 : 0);
    }

    boolean isNone() {
        return count() == 0;
    }

    /** The number of channels of the image, which is the index of the first auxiliary channel. */
    long first() {
        return channels - count();
    }

    /**
     * Refuses choices that can't be combined with these channels.
     *
     * @throws IllegalArgumentException with the remedy
     */
    void require(ListaConf conf) {
        if (channels > 0 && first() < 1) {
            throw Args.failure("nIn", "the channels of the image and " + count() + " for mask and level", channels);
        }
        if (mask && conf.getCoupling().hasDrive() && !conf.getCoupling().usesDecoder(2)) {
            throw Args.failure(
                    "coupling", "dictionary(), decoder() or learned() with a pixel mask", conf.getCoupling());
        }
        if (mask && conf.getPredictive() != null) {
            throw Args.failure("predictive", "left out with a pixel mask, which no solver takes", conf.getPredictive());
        }
    }

    private static INDArray channels(INDArray images, long first, long end) {
        return images.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(first, end));
    }

    /** The channels of the image alone: the input itself, or a new array. */
    INDArray images(INDArray input) {
        return isNone() ? input : channels(input, 0, first()).dup('c');
    }

    /** The auxiliary channels, a view. */
    INDArray values(INDArray input) {
        return channels(input, first(), channels);
    }

    /** Images, or gradients with respect to them, with zeros in all other channels of the input. */
    INDArray withImages(INDArray images) {
        if (isNone()) {
            return images;
        }
        long[] shape = images.shape().clone();
        shape[3] = channels;
        INDArray all = Nd4j.zeros(images.dataType(), shape);
        channels(all, 0, first()).assign(images);
        return all;
    }

    /** The images times their pixel masks, a new array. */
    INDArray visible(INDArray input) {
        INDArray images = images(input);
        if (mask) {
            PixelWeights.ofImages(weights(input, 1)).multiply(images);
        }
        return images;
    }

    /** The weights of the pixels for every channel: {@code [batch, elements of an image]}. */
    private INDArray weights(INDArray input, double scale) {
        INDArray own = channels(input, first(), first() + 1).dup('c');
        INDArray all = Nd4j.createUninitialized(input.dataType(), own.length(), first());
        all.assign(own.muli(scale).reshape('c', own.length(), 1).broadcast(all.shape()));
        return all.reshape('c', input.size(0), own.length() / input.size(0) * first());
    }

    /**
     * Reads the auxiliary channels of a batch.
     *
     * @param x      divided by the scale of the input, which is undone for the mask but not for the level: noise is scaled as the image
     *               is. Not modified.
     * @param border weights of pixels that are the same for all images
     */
    AuxiliaryInput read(INDArray x, double scale, PixelWeights border) {
        double[] levels = null;
        if (level) {
            INDArray each = channels(x, channels - 1, channels).dup('c');
            levels = HostArrays.doubles(each.reshape('c', x.size(0), each.length() / x.size(0))
                    .castTo(DataType.DOUBLE)
                    .mean(1));
        }
        return mask ? AuxiliaryInput.of(weights(x, scale), border, levels) : new AuxiliaryInput(null, null, levels);
    }

    /**
     * Refuses a mask or level outside of its range.
     *
     * @param x     the input. Not modified.
     * @param layer names the layer
     * @throws DL4JInvalidInputException with rule, value and the remedy
     */
    void requireValid(INDArray x, AuxiliaryInput values, String layer) {
        if (mask) {
            double least = values.mask().least();
            double most = values.mask().most();
            if (least < 0 || most > 1 + ROUNDING) {
                throw refused("pixel mask must be from 0 to 1", least < 0 ? least : most, first(), layer);
            }
        }
        for (int n = 0; level && n < values.levels().length; n++) {
            double sigma = values.levels()[n];
            if (!Double.isFinite(sigma)) {
                long bad = Finite.countBad(channels(x, channels - 1, channels));
                throw refused("noise level must be finite", bad + " NaN or infinite values", channels - 1, layer);
            }
            if (sigma < 0) {
                throw refused("noise level must be at least 0", sigma, channels - 1, layer);
            }
        }
    }

    private static DL4JInvalidInputException refused(String rule, Object value, long channel, String layer) {
        return new DL4JInvalidInputException(rule + ", got " + value + " in channel " + channel
                + " of the input, after those of the image; give it there, or set validateInput(false) " + layer);
    }
}
