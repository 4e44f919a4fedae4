package io.github.dl4jsparse.serve;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The connections of the units of an encoder to its input, in ONNX's operators: the linear maps of weights, and the
 * internal order of axes of images and codes.
 */
interface OnnxWiring {
    /** An input of the network in the order of the wiring. */
    OnnxValue images(OnnxValue input);

    /** A code in the order of the network. */
    OnnxValue output(OnnxValue code);

    /**
     * The map between images and codes.
     *
     * @param filters {@code [units, elements of a receptive field]}. Not modified.
     */
    OnnxMap map(INDArray filters);

    /**
     * The map from codes to codes.
     *
     * @param weights free recurrent ones. Not modified.
     */
    UnaryOperator<OnnxValue> recurrent(INDArray weights);

    /** Values of the units with weights of their own as a constant that is broadcast to codes. */
    OnnxValue perUnit(double... values);

    /** The number of units with weights of their own. */
    long units();

    /** The weights of the pixels, as a constant that is broadcast to images; null for equal ones. */
    OnnxValue pixelWeights();

    /**
     * A code with the units that are shrunk together along the last axis.
     *
     * @param together their number
     */
    OnnxValue rows(OnnxValue code, long together);

    /** The inverse of {@link #rows}. */
    OnnxValue code(OnnxValue rows);
}
