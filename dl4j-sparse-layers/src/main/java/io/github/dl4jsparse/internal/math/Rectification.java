package io.github.dl4jsparse.internal.math;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets negative numbers to zero and keeps NaN, which ND4J's {@code Transforms.max} turns into zero.
 * <p>\[ x \leftarrow \max(0, x) \]
 * <p>Shapes: any.
 */
public final class Rectification {
    private Rectification() {}

    /**
     * Rectifies an array.
     *
     * @param x FLOAT or DOUBLE. Modified in place.
     * @return {@code x}
     */
    public static INDArray inPlace(INDArray x) {
        Nd4j.exec(new RectifiedLinear(x, x, 0));
        return x;
    }
}
