package io.github.dl4jsparse.nn.lista;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.jspecify.annotations.Nullable;

/**
 * The builder of the geometry of a convolutional encoder: size, stride and padding of its filters on images or
 * sequences.
 *
 * @param <T> the builder itself
 */
@SuppressWarnings("unchecked")
abstract class ConvolutionBuilder<T extends ConvolutionBuilder<T>> extends ImageListaConf.Builder<T> {
    final int[] kernelSize;
    int[] stride = {1, 1};
    int[] padding = {0, 0};
    ConvolutionMode convolutionMode = ConvolutionMode.Same;
    final boolean sequences;

    @Nullable
    RNNFormat sequenceFormat;

    /**
     * @param kernelSize height and width of a filter
     * @param sequences  whether inputs are sequences, images of one row
     */
    ConvolutionBuilder(int[] kernelSize, boolean sequences) {
        this.kernelSize = kernelSize;
        this.sequences = sequences;
    }

    /** Stride in time steps of a sequence, at most the kernel's length; default 1. */
    public T stride(int steps) {
        return stride(1, steps);
    }

    /** Zeros before and after a sequence, for the modes Truncate and Strict; default 0. */
    public T padding(int steps) {
        return padding(0, steps);
    }

    /** Order of the axes of sequences; default that of {@code setInputType}, else NCW. */
    public T dataFormat(RNNFormat format) {
        this.sequenceFormat = format;
        return (T) this;
    }

    /** Stride in pixels, down and across, at most the kernel's sides; default 1 x 1. */
    public T stride(int height, int width) {
        this.stride = new int[] {height, width};
        return (T) this;
    }

    /** Zeros above and below, left and right of the image, for the modes Truncate and Strict; default 0 x 0. */
    public T padding(int height, int width) {
        this.padding = new int[] {height, width};
        return (T) this;
    }

    /**
     * The convolution mode; default Same: one position per stride, with zeros around the image. Truncate has the
     * positions whose patches lie inside of the padded image, Strict refuses images whose pixels are not all covered.
     */
    public T convolutionMode(ConvolutionMode mode) {
        this.convolutionMode = mode;
        return (T) this;
    }

    @Override
    protected void validate() {
        super.validate();
        Sequences.requireFormat(sequences, sequenceFormat, imageFormat());
        FilterGeometry.require(kernelSize, stride, padding, convolutionMode, sequences);
    }
}
