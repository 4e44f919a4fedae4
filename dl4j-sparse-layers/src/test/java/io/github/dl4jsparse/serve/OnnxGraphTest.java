package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import onnx.Onnx;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class OnnxGraphTest {
    @Test
    void equalConstantsAreOne() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue first = graph.constant(new double[] {1, 2}, 2);
        assertSame(first, graph.constant(Nd4j.createFromArray(1.0, 2.0)));
        assertNotEquals(first.name(), graph.constant(new double[] {1, 2}, 1, 2).name());
        assertNotEquals(first.name(), graph.constant(new double[] {2, 1}, 2).name());
    }

    @Test
    void whatNoOutputNeedsIsLeftOut() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue x = graph.input("in", OnnxValue.FREE, 2);
        x.plus(graph.constant(new double[] {1, 2}, 2)).relu();
        graph.output("out", x.plus(graph.constant(new double[] {3, 4}, 2)));
        Onnx.GraphProto written = graph.model("net").getGraph();
        assertEquals(1, written.getInitializerCount());
        assertEquals(
                List.of("Add", "Identity"),
                written.getNodeList().stream().map(Onnx.NodeProto::getOpType).toList());
    }

    @Test
    void constantsOfAnyOrderAreWrittenInCOrder() {
        OnnxGraph graph = new OnnxGraph();
        graph.output(
                "out",
                graph.constant(
                        Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}).transpose()));
        byte[] raw =
                graph.model("net").getGraph().getInitializer(0).getRawData().toByteArray();
        FloatBuffer values = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertEquals(3, values.get(1));
        assertEquals(2, values.get(2));
    }

    @Test
    void namesAreTakenOnceAndBeginWithTheirLayer() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue x = graph.input("in", OnnxValue.FREE, 3);
        graph.scope("layer0");
        assertEquals("layer0/Relu", x.relu().name());
        assertEquals("layer0/Relu_2", x.relu().name());
    }

    @Test
    void theModelSaysItsVersionsAndShapes() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue x = graph.input("in", OnnxValue.FREE, 3, OnnxValue.FREE);
        graph.output("out", x.relu());
        Onnx.ModelProto model = graph.model("net");
        assertEquals(OnnxGraph.OPERATOR_SET, model.getOpsetImport(0).getVersion());
        Onnx.TensorShapeProto shape =
                model.getGraph().getInput(0).getType().getTensorType().getShape();
        assertEquals("batch", shape.getDim(0).getDimParam());
        assertEquals(3, shape.getDim(1).getDimValue());
        assertEquals("in_axis2", shape.getDim(2).getDimParam());
        assertEquals("out", model.getGraph().getOutput(0).getName());
    }
}
