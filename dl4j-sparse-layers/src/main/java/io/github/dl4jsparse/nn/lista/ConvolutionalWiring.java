package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every unit is connected to a patch, and the units of a map share their filter. Images and codes have their channels
 * last.
 */
final class ConvolutionalWiring implements Wiring {
    private final ConvolutionalListaLayer conf;
    private final ConvolutionGeometry geometry;
    private volatile PixelWeights pixels;

    ConvolutionalWiring(ConvolutionalListaLayer conf, ConvolutionGeometry geometry) {
        this.conf = conf;
        this.geometry = geometry;
    }

    ConvolutionGeometry geometry() {
        return geometry;
    }

    /** The shape of one image. */
    long[] imageShape() {
        return new long[] {1, geometry.height(), geometry.width(), geometry.channels()};
    }

    @Override
    public LinearOperator encoder(INDArray weights) {
        return geometry.convolution(weights);
    }

    @Override
    public LinearOperator decoder(INDArray weights) {
        return geometry.transposedConvolution(weights);
    }

    @Override
    public LinearOperator recurrent(INDArray weights) {
        int[] map = {geometry.outHeight(), geometry.outWidth()};
        int[] kernel = GramKernel.kernel(conf.getKernelSize(), conf.getStride());
        return ConvolutionGeometry.same(Math.toIntExact(conf.getNOut()), map, kernel, new int[] {1, 1})
                .convolution(weights);
    }

    @Override
    public long rows(long batch) {
        return batch * geometry.positions();
    }

    /** From some thousand positions on, products with the filters reach nearly their full rate. */
    @Override
    public long examplesOfBlock() {
        return Math.max(1, 3072 / geometry.positions());
    }

    @Override
    public long[] codeShape(long batch) {
        return new long[] {batch, geometry.outHeight(), geometry.outWidth(), conf.getNOut()};
    }

    @Override
    public PixelWeights pixels() {
        if (!conf.isWeightBorder()) {
            return PixelWeights.NONE;
        }
        if (pixels == null) {
            pixels = PixelWeights.of(geometry.coverage(), geometry.channels());
        }
        return pixels;
    }

    @Override
    public INDArray penalised(INDArray code) {
        if (conf.getPenalty().units() == conf.getNOut()) {
            return code;
        }
        long all = geometry.positions() * conf.getNOut();
        return code.reshape('c', code.length() / all, all);
    }

    /**
     * The map whose largest eigenvalue is that of {@code D' M D}, with one step through the decoder; of {@code D'D} otherwise.
     *
     * @param images     not modified
     * @param dictionary D: [patch, maps]. Not modified.
     * @return {@code sqrt(M) D D' sqrt(M) x}, a new array
     */
    INDArray weightedGram(INDArray images, INDArray dictionary) {
        PixelWeights weights = conf.stepsUseDecoder() ? pixels() : PixelWeights.NONE;
        LinearOperator decoder = decoder(dictionary);
        INDArray result = images.dup('c');
        weights.byRoots(result);
        INDArray codes = Nd4j.createUninitialized(images.dataType(), codeShape(images.size(0)));
        decoder.adjoint(result, codes, 0);
        decoder.apply(codes, result, 0);
        weights.byRoots(result);
        return result;
    }
}
