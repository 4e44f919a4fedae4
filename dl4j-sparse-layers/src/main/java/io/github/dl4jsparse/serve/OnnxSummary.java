package io.github.dl4jsparse.serve;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Inputs, outputs and size of an ONNX file.
 *
 * @param inputs  their shapes by name, in order; {@link OnnxValue#FREE} for an axis of any length, such as the first, the batch
 * @param outputs their shapes by name, in order
 * @param nodes   the number of operators
 * @param bytes   size of the file
 */
public record OnnxSummary(Map<String, long[]> inputs, Map<String, long[]> outputs, int nodes, long bytes) {
    /** Copies the maps. */
    public OnnxSummary {
        inputs = new LinkedHashMap<>(inputs);
        outputs = new LinkedHashMap<>(outputs);
    }

    /** Inputs and outputs as text, such as {@code input [batch, 10] -> output [batch, 3]}. */
    @Override
    public String toString() {
        return text(inputs) + " -> " + text(outputs) + ", " + nodes + " operators, " + bytes + " bytes";
    }

    private static String text(Map<String, long[]> shapes) {
        return shapes.entrySet().stream()
                .map(e -> e.getKey() + " " + text(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String text(long[] shape) {
        String[] axes = Arrays.stream(shape)
                .mapToObj(n -> n == OnnxValue.FREE ? "any" : String.valueOf(n))
                .toArray(String[]::new);
        if (axes.length > 0 && shape[0] == OnnxValue.FREE) {
            axes[0] = "batch";
        }
        return Arrays.toString(axes);
    }
}
