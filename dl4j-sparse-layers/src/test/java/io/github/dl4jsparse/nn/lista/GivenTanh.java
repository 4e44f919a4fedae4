package io.github.dl4jsparse.nn.lista;

import lombok.EqualsAndHashCode;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Hyperbolic tangent, but for the last two channels, which become a pixel mask and a noise level that depend on no
 * parameter: as a layer below one with auxiliary channels computes them.
 */
@EqualsAndHashCode(callSuper = false)
final class GivenTanh extends BaseActivationFunction {
    private static final long serialVersionUID = 1;
    static final int GIVEN = 2;

    /** DL4J has another order of axes backward than forward. */
    private static int axis(INDArray images) {
        boolean first = images.size(2) == ConvolutionalFixture.HEIGHT && images.size(3) == ConvolutionalFixture.WIDTH;
        return first ? 1 : 3;
    }

    /** Some channels of images, a view. */
    static INDArray channels(INDArray images, int axis, long first, long end) {
        INDArrayIndex[] each = new INDArrayIndex[4];
        for (int i = 0; i < 4; i++) {
            each[i] = i == axis ? NDArrayIndex.interval(first, end) : NDArrayIndex.all();
        }
        return images.get(each);
    }

    /** Overwrites the last two channels with masks of zeros, halves and ones and levels of 0.5 to 1.4. Modified in place. */
    static INDArray give(INDArray images, int axis) {
        long last = images.size(axis) - 1;
        INDArray given = channels(images, axis, last - 1, last + 1);
        for (long i = 0; i < given.length(); i++) {
            long[] at = Shape.ind2subC(given.shape(), i);
            long y = at[axis == 1 ? 2 : 1];
            long x = at[axis == 1 ? 3 : 2];
            given.putScalar(at, at[axis] == 0 ? (2 * y + x + at[0]) % 3 / 2.0 : 0.5 + 0.1 * ((x + 5 * y + at[0]) % 10));
        }
        return images;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        return give(Transforms.tanh(in, false), axis(in));
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        INDArray gradient = Transforms.tanh(in, false);
        gradient.muli(gradient).rsubi(1).muli(epsilon);
        int axis = axis(in);
        channels(gradient, axis, in.size(axis) - GIVEN, in.size(axis)).assign(0);
        return new Pair<>(gradient, null);
    }
}
