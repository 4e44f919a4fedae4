package io.github.dl4jsparse.serve;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a layer with an export of its own to ONNX's operators, for layers of other projects;
 * {@link OnnxExport} calls it before it searches its own table of layers.
 * <p>Shapes: as in the network, and with its order of axes; the first axis is the batch and of any length.
 */
@FunctionalInterface
public interface OnnxLayer {
    /**
     * Adds the layer's inference to the graph of its input.
     *
     * @param input  after the preprocessor
     * @param params of the layer by name. Not modified.
     * @return the layer's output
     * @throws IllegalArgumentException with name, rule and value, if ONNX's operators do not express an option of the
     *      layer
     */
    OnnxValue toOnnx(OnnxValue input, Map<String, INDArray> params);
}
