package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.LocalGeometry;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every unit is connected to a patch by a filter of its own. Images and codes have their channels first.
 *
 * @param pixels weights of the pixels
 */
record LocalWiring(LocalGeometry geometry, PixelWeights pixels) implements Wiring {
    /** With the share of patches that cover a pixel as its weight, or with equal weights. */
    static LocalWiring of(LocalGeometry geometry, boolean weightBorder) {
        return new LocalWiring(
                geometry,
                weightBorder ? PixelWeights.ofImage(geometry.coverage(), geometry.channels()) : PixelWeights.NONE);
    }

    @Override
    public LinearOperator encoder(INDArray weights) {
        // a pass creates its own operators, and weights change between passes only
        return geometry.operatorOfFixed(weights);
    }

    @Override
    public LinearOperator decoder(INDArray weights) {
        return encoder(weights).transpose();
    }

    @Override
    public LinearOperator recurrent(INDArray weights) {
        throw new IllegalStateException("units of a map have no free recurrent weights");
    }

    @Override
    public long examplesOfBlock() {
        return 8;
    }

    @Override
    public long[] codeShape(long batch) {
        return new long[] {batch, geometry.units(), geometry.outHeight(), geometry.outWidth()};
    }
}
