package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the units of a layer are wired to its input, for inputs of one size: the linear maps that its weights stand for, and the
 * shapes of codes.
 */
interface Wiring {
    /** From images to codes. */
    LinearOperator encoder(INDArray weights);

    /** From codes to images. */
    LinearOperator decoder(INDArray weights);

    /** From codes to codes. */
    LinearOperator recurrent(INDArray weights);

    /** The rows of a code as a matrix with a column a unit. */
    default long rows(long batch) {
        return batch;
    }

    /** The examples that are worth a block of their own, so that threads may compute blocks side by side. */
    default long examplesOfBlock() {
        return 64;
    }

    /** The shape of a code outside of the layer, channels last; its elements are in the order of the matrix. */
    long[] codeShape(long batch);

    /** How much the numbers of an image count. */
    default PixelWeights pixels() {
        return PixelWeights.NONE;
    }

    /** A code as the penalty takes it: the array itself or a view of it. */
    default INDArray penalised(INDArray code) {
        return code;
    }
}
