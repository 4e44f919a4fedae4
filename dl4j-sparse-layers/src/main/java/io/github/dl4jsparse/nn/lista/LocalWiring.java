package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.operator.LocalGeometry;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every unit sees a patch with a filter of its own. Images and codes have their channels first.
 *
 * @param pixels how much the pixels count
 */
record LocalWiring(LocalGeometry geometry, PixelWeights pixels) implements Wiring {
    /** Pixels that count by the share of patches that see them, or alike. */
    static LocalWiring of(LocalGeometry geometry, boolean weightBorder) {
        return new LocalWiring(
                geometry,
                weightBorder ? PixelWeights.ofImage(geometry.coverage(), geometry.channels()) : PixelWeights.NONE);
    }

    @Override
    public LinearOperator encoder(INDArray weights) {
        // a pass makes its own operators, and weights change between passes only
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
