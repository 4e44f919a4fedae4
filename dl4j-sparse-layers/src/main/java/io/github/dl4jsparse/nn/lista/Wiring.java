package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The connections of the units of a layer to its input, for inputs of one size: the linear maps of its weights, and the
 * shapes of codes.
 */
interface Wiring {
    /** From images to codes. */
    LinearOperator encoder(INDArray weights);

    /** From codes to images. */
    LinearOperator decoder(INDArray weights);

    /** From codes to codes. */
    LinearOperator recurrent(INDArray weights);

    /** The rows of a code as a matrix with a column for each unit. */
    default long rows(long batch) {
        return batch;
    }

    /** The smallest useful number of examples of a block, for parallel computation of blocks. */
    default long examplesOfBlock() {
        return 64;
    }

    /** The shape of a code outside of the layer, channels last; its elements are in the order of the matrix. */
    long[] codeShape(long batch);

    /** The weights of the pixels of an image. */
    default PixelWeights pixels() {
        return PixelWeights.NONE;
    }

    /** A code in the form of the penalty: the array itself or a view of it. */
    default INDArray penalised(INDArray code) {
        return code;
    }
}
