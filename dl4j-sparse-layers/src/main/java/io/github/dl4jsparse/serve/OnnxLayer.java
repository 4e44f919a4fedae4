package io.github.dl4jsparse.serve;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a layer that says itself what it is in ONNX's operators: one's own layers implement it, and
 * {@link OnnxExport} asks it before its own table of layers.
 * <p>Shapes: as in the network, and with its order of axes; the first axis is the batch and of any length.
 */
@FunctionalInterface
public interface OnnxLayer {
    /**
     * Adds what the layer does at inference to the graph of its input.
     *
     * @param input  after the preprocessor
     * @param params of the layer by name. Not modified.
     * @return the layer's output
     * @throws IllegalArgumentException if the layer is set in a way that ONNX's operators do not express, with name, rule and value
     */
    OnnxValue toOnnx(OnnxValue input, Map<String, INDArray> params);
}
