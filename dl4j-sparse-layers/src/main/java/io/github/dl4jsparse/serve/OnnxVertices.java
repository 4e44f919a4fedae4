package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;

/** The vertices of a graph that are no layers, in ONNX's operators. */
final class OnnxVertices {
    private static final Map<Class<?>, Converter<?>> TABLE = new HashMap<>();

    /** Adds a vertex to the graph of its inputs. */
    @FunctionalInterface
    private interface Converter<T> {
        OnnxValue convert(T vertex, List<OnnxValue> inputs);
    }

    static {
        add(MergeVertex.class, OnnxVertices::merged);
        add(ElementWiseVertex.class, OnnxVertices::combined);
        add(ScaleVertex.class, (v, in) -> in.get(0).times(v.getScaleFactor()));
        add(ShiftVertex.class, (v, in) -> in.get(0).plus(in.get(0).graph().number(v.getShiftFactor())));
        add(SubsetVertex.class, OnnxVertices::subset);
        add(L2NormalizeVertex.class, OnnxVertices::normalised);
        add(PreprocessorVertex.class, (v, in) -> OnnxPreProcessors.convert(v.getPreProcessor(), in.get(0)));
    }

    private OnnxVertices() {}

    private static <T> void add(Class<T> type, Converter<T> converter) {
        TABLE.put(type, converter);
    }

    /** Adds a vertex. */
    @SuppressWarnings("unchecked") // a converter is entered with its class
    static OnnxValue convert(GraphVertex vertex, List<OnnxValue> inputs) {
        GraphVertex inner = vertex;
        while (inner instanceof FrozenVertex frozen) {
            inner = frozen.getUnderlying();
        }
        Converter<Object> converter = (Converter<Object>) TABLE.get(inner.getClass());
        if (converter == null) {
            throw Args.failure(
                    "vertex",
                    "one that merges, combines, scales, shifts, normalises, or takes a part",
                    inner.getClass().getSimpleName());
        }
        return converter.convert(inner, inputs);
    }

    private static OnnxValue merged(MergeVertex vertex, List<OnnxValue> inputs) {
        long[] shape = inputs.get(0).shape();
        int axis = vertex.getMergeAxis() < 0 ? vertex.getMergeAxis() + shape.length : vertex.getMergeAxis();
        for (OnnxValue other : inputs.subList(1, inputs.size())) {
            long more = other.size(axis);
            shape[axis] = shape[axis] == OnnxValue.FREE || more == OnnxValue.FREE ? OnnxValue.FREE : shape[axis] + more;
        }
        return inputs.get(0)
                .graph()
                .node("Concat", inputs.toArray(OnnxValue[]::new))
                .with("axis", (long) axis)
                .to(shape);
    }

    private static OnnxValue combined(ElementWiseVertex vertex, List<OnnxValue> inputs) {
        String operator =
                switch (vertex.getOp()) {
                    case Add, Average -> "Add";
                    case Subtract -> "Sub";
                    case Product -> "Mul";
                    case Max -> "Max";
                };
        OnnxValue result = inputs.get(0);
        for (OnnxValue other : inputs.subList(1, inputs.size())) {
            result = result.with(operator, other);
        }
        return vertex.getOp() == ElementWiseVertex.Op.Average ? result.times(1.0 / inputs.size()) : result;
    }

    private static OnnxValue subset(SubsetVertex vertex, List<OnnxValue> inputs) {
        OnnxValue x = inputs.get(0);
        OnnxGraph graph = x.graph();
        long[] shape = x.shape();
        shape[1] = vertex.getTo() - vertex.getFrom() + 1L;
        return graph.node(
                        "Slice",
                        x,
                        graph.integers(vertex.getFrom()),
                        graph.integers(vertex.getTo() + 1L),
                        graph.integers(1))
                .to(shape);
    }

    private static OnnxValue normalised(L2NormalizeVertex vertex, List<OnnxValue> inputs) {
        OnnxValue x = inputs.get(0);
        int[] axes = vertex.getDimension() == null || vertex.getDimension().length == 0
                ? IntStream.range(1, x.rank()).toArray()
                : vertex.getDimension();
        OnnxValue norm = x.times(x).sum(axes).each("Sqrt");
        return x.over(norm.with("Max", x.graph().number(vertex.getEps())));
    }
}
