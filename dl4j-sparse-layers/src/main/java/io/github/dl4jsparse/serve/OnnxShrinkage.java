package io.github.dl4jsparse.serve;

/**
 * A shrinkage, or a penalty with a proximal operator, that says itself what it is in ONNX's operators: one's own kinds implement it,
 * and {@link OnnxExport} asks it before its own table.
 * <p>Shapes: units along the last axis, before it any axes.
 */
@FunctionalInterface
public interface OnnxShrinkage {
    /**
     * Adds the shrinkage to the graph.
     *
     * @param code       what is shrunk
     * @param thresholds of the step along the last axis, in a shape that goes with the code's; of a penalty the one number that is
     *                   the step of its proximal operator
     * @return the code, of the same shape
     */
    OnnxValue toOnnx(OnnxValue code, OnnxValue thresholds);
}
