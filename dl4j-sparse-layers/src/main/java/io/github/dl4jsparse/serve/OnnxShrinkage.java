package io.github.dl4jsparse.serve;

/**
 * A shrinkage, or a penalty with a proximal operator, with an export of its own to ONNX's operators, for those of other
 * projects; {@link OnnxExport} calls it before it searches its own table.
 * <p>Shapes: units along the last axis, before it any axes.
 */
@FunctionalInterface
public interface OnnxShrinkage {
    /**
     * Adds the shrinkage to the graph.
     *
     * @param code       the argument of the shrinkage @param thresholds of the step along the last axis, in a shape
     *      that is broadcast to the code's; for a penalty the step of its proximal operator, a scalar
     * @return the code, of the same shape
     */
    OnnxValue toOnnx(OnnxValue code, OnnxValue thresholds);
}
