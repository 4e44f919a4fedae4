package io.github.dl4jsparse.serve;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the units of an encoder are wired to its input, in ONNX's operators: the linear maps that weights stand for, and the order in
 * which images and codes lie meanwhile.
 */
interface OnnxWiring {
    /** An input of the network in the order of the wiring. */
    OnnxValue images(OnnxValue input);

    /** A code in the order of the network. */
    OnnxValue output(OnnxValue code);

    /**
     * The map between images and codes.
     *
     * @param filters {@code [units, what a unit sees]}. Not modified.
     */
    OnnxMap map(INDArray filters);

    /**
     * The map from codes to codes.
     *
     * @param weights free recurrent ones. Not modified.
     */
    UnaryOperator<OnnxValue> recurrent(INDArray weights);

    /** Numbers of the units with weights of their own as a constant that goes with codes. */
    OnnxValue perUnit(double... values);

    /** The number of units with weights of their own. */
    long units();

    /** How much each pixel counts, as a constant that goes with images; null where all count alike. */
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
