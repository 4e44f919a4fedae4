package io.github.dl4jsparse.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** A builder of one node of a graph: its attributes are set, then {@link #to} adds it. */
public final class OnnxNode {
    private final OnnxGraph graph;
    private final Onnx.NodeProto.Builder node;

    OnnxNode(OnnxGraph graph, String operator, List<String> inputs) {
        this.graph = graph;
        this.node = Onnx.NodeProto.newBuilder().setOpType(operator).addAllInput(inputs);
    }

    private Onnx.AttributeProto.Builder attribute(String name, Onnx.AttributeProto.AttributeType type) {
        return node.addAttributeBuilder().setName(name).setType(type);
    }

    /** Sets an attribute that is a whole number. */
    public OnnxNode with(String name, long value) {
        attribute(name, Onnx.AttributeProto.AttributeType.INT).setI(value);
        return this;
    }

    /** Sets an attribute that is a number. */
    public OnnxNode with(String name, float value) {
        attribute(name, Onnx.AttributeProto.AttributeType.FLOAT).setF(value);
        return this;
    }

    /** Sets an attribute that is a word. */
    public OnnxNode with(String name, String value) {
        attribute(name, Onnx.AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value));
        return this;
    }

    /** Sets an attribute that is a list of whole numbers. */
    public OnnxNode with(String name, long[] values) {
        Onnx.AttributeProto.Builder list = attribute(name, Onnx.AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(list::addInts);
        return this;
    }

    /**
     * Adds the node.
     *
     * @param shape of its output; {@link OnnxValue#FREE} for an axis of any length
     * @return its output
     */
    public OnnxValue to(long... shape) {
        return toEach(shape).get(0);
    }

    /** Adds a node that has several outputs, of these shapes. */
    public List<OnnxValue> toEach(long[]... shapes) {
        String name = graph.name(node.getOpType());
        List<OnnxValue> outputs = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            OnnxValue output = new OnnxValue(graph, i == 0 ? name : graph.name(node.getOpType()), shapes[i]);
            node.addOutput(output.name());
            outputs.add(output);
        }
        graph.add(node.setName(name).build());
        return outputs;
    }
}
