package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A graph of ONNX's operators for a network: nodes are added one after the other, each on values of the graph.
 * <p>Values are in single precision; those of a network in double precision are rounded. Equal constants are written
 * once.
 * <p>The operators are those of operator set {@value #OPERATOR_SET}, the oldest with all required operators in their
 * present form (axes of {@code ReduceSum} as an input, {@code Softmax} of one axis): ONNX Runtime reads it from version
 * 1.6 on.
 * <p>Errors: {@code IllegalArgumentException} where the constants are more than a file can hold.
 */
public final class OnnxGraph {
    /** Version of the set of operators. */
    public static final int OPERATOR_SET = 13;

    /** Version of the file format that came with these operators. */
    private static final int FORMAT = 7;
    /** The limit of protocol buffers, minus an allowance for everything except the constants. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 24);

    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();
    private final Map<Onnx.TensorProto, OnnxValue> constants = new HashMap<>();
    private final Map<String, long[]> inputs = new LinkedHashMap<>();
    private final Map<String, long[]> outputs = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();
    private final long mostBytes;
    private String scope = "";
    private long bytes;

    OnnxGraph() {
        this(MOST_BYTES);
    }

    /** @param mostBytes that constants may take */
    OnnxGraph(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Sets the prefix of the names of the following nodes and constants; names of inputs and outputs have none. */
    void scope(String name) {
        this.scope = name;
    }

    /** Reserves names for inputs and outputs. */
    void reserve(List<String> own) {
        names.addAll(own);
    }

    /** A new name. */
    String name(String kind) {
        String wanted = scope.isEmpty() ? kind : scope + "/" + kind;
        String name = wanted;
        for (int i = 2; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** Adds an input of the network; free axes after the first get names of their own. */
    OnnxValue input(String name, long... shape) {
        inputs.put(name, shape.clone());
        graph.addInput(info(name, shape));
        return new OnnxValue(this, name, shape);
    }

    /** Makes a value an output of the network. */
    void output(String name, OnnxValue value) {
        outputs.put(name, value.shape());
        graph.addNode(Onnx.NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name("Output"))
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(info(name, value.shape()));
    }

    private static Onnx.ValueInfoProto info(String name, long[] shape) {
        Onnx.TensorShapeProto.Builder dims = Onnx.TensorShapeProto.newBuilder();
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == OnnxValue.FREE) {
                dims.addDimBuilder().setDimParam(axis == 0 ? "batch" : name + "_axis" + axis);
            } else {
                dims.addDimBuilder().setDimValue(shape[axis]);
            }
        }
        Onnx.TypeProto.Tensor tensor = Onnx.TypeProto.Tensor.newBuilder()
                .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                .setShape(dims)
                .build();
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(Onnx.TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** Shapes of the inputs by name; {@link OnnxValue#FREE} for an axis of any length. */
    Map<String, long[]> inputs() {
        return inputs;
    }

    /** Shapes of the outputs by name. */
    Map<String, long[]> outputs() {
        return outputs;
    }

    /**
     * A constant of the shape of an array.
     *
     * @param array not modified
     */
    public OnnxValue constant(INDArray array) {
        INDArray dense = array.castTo(DataType.FLOAT).dup('c');
        return constant(dense.data().asFloat(), array.shape());
    }

    /**
     * A constant.
     *
     * @param values in c order. Not modified.
     */
    public OnnxValue constant(double[] values, long... shape) {
        float[] single = new float[values.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) values[i];
        }
        return constant(single, shape);
    }

    /** A scalar, which is broadcast to arrays of any shape. */
    public OnnxValue number(double value) {
        return constant(new double[] {value});
    }

    private OnnxValue constant(float[] values, long... shape) {
        ByteBuffer buffer = buffer(4L * values.length);
        buffer.asFloatBuffer().put(values);
        return constant(Onnx.TensorProto.DataType.FLOAT, buffer, shape);
    }

    /** A list of whole numbers, as operators take shapes and axes. */
    public OnnxValue integers(long... values) {
        ByteBuffer buffer = buffer(8L * values.length);
        buffer.asLongBuffer().put(values);
        return constant(Onnx.TensorProto.DataType.INT64, buffer, values.length);
    }

    /**
     * Indices for {@link OnnxValue#gathered}.
     *
     * @param values in c order. Not modified.
     */
    public OnnxValue indices(int[] values, long... shape) {
        ByteBuffer buffer = buffer(4L * values.length);
        buffer.asIntBuffer().put(values);
        return constant(Onnx.TensorProto.DataType.INT32, buffer, shape);
    }

    private long require(long size) {
        if (size > mostBytes) {
            throw Args.failure(
                    "weights",
                    "of at most " + mostBytes
                            + " bytes, which is what one ONNX file holds; export the network in parts",
                    "at least " + size);
        }
        return size;
    }

    private ByteBuffer buffer(long size) {
        require(size);
        return ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private OnnxValue constant(Onnx.TensorProto.DataType type, ByteBuffer content, long... shape) {
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(content.rewind()));
        Arrays.stream(shape).forEach(tensor::addDims);
        Onnx.TensorProto nameless = tensor.build();
        OnnxValue known = constants.get(nameless);
        if (known != null) {
            return known;
        }
        bytes = require(bytes + content.capacity());
        OnnxValue value = new OnnxValue(this, name("constant"), shape);
        constants.put(nameless, value);
        graph.addInitializer(nameless.toBuilder().setName(value.name()));
        return value;
    }

    /**
     * Begins a node.
     *
     * @param operator its name in ONNX
     * @param inputs   in the operator's order; null for one that is left out
     */
    public Node node(String operator, @Nullable OnnxValue... inputs) {
        List<String> from = new ArrayList<>();
        for (@Nullable OnnxValue input : inputs) {
            from.add(input == null ? "" : input.name());
        }
        return new Node(this, operator, from);
    }

    /** Adds a node that is complete. */
    void add(Onnx.NodeProto node) {
        graph.addNode(node);
    }

    /** The graph as ONNX's message, without nodes and constants that no output needs. */
    Onnx.ModelProto model(String name) {
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("dl4j-sparse-layers")
                .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(OnnxNeeded.of(graph).setName(name))
                .build();
    }

    /** A builder of one node of a graph: its attributes are set, then {@link #to} adds it. */
    public static final class Node {
        private final OnnxGraph graph;
        private final Onnx.NodeProto.Builder node;

        Node(OnnxGraph graph, String operator, List<String> inputs) {
            this.graph = graph;
            this.node = Onnx.NodeProto.newBuilder().setOpType(operator).addAllInput(inputs);
        }

        private Onnx.AttributeProto.Builder attribute(String name, Onnx.AttributeProto.AttributeType type) {
            return node.addAttributeBuilder().setName(name).setType(type);
        }

        /** Sets an attribute that is a whole number. */
        public Node with(String name, long value) {
            attribute(name, Onnx.AttributeProto.AttributeType.INT).setI(value);
            return this;
        }

        /** Sets an attribute that is a number. */
        public Node with(String name, float value) {
            attribute(name, Onnx.AttributeProto.AttributeType.FLOAT).setF(value);
            return this;
        }

        /** Sets an attribute that is a word. */
        public Node with(String name, String value) {
            attribute(name, Onnx.AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value));
            return this;
        }

        /** Sets an attribute that is a list of whole numbers. */
        public Node with(String name, long[] values) {
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
}
