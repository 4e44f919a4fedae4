package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import onnx.Onnx;
import org.junit.jupiter.api.Test;

class OnnxNodeTest {
    @Test
    void attributesOfEveryType() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue x = graph.input("x", OnnxValue.FREE, 4);
        OnnxValue own = graph.node("Own", x, null, x)
                .with("whole", 3)
                .with("number", 0.5f)
                .with("word", "SAME")
                .with("list", new long[] {1, 2})
                .to(OnnxValue.FREE, 4);
        graph.output("out", own);
        Onnx.NodeProto node = graph.model("net").getGraph().getNode(0);
        assertEquals(List.of("x", "", "x"), List.copyOf(node.getInputList()));
        assertEquals(3, node.getAttribute(0).getI());
        assertEquals(0.5f, node.getAttribute(1).getF());
        assertEquals("SAME", node.getAttribute(2).getS().toStringUtf8());
        assertEquals(List.of(1L, 2L), node.getAttribute(3).getIntsList());
    }

    @Test
    void severalOutputs() {
        OnnxGraph graph = new OnnxGraph();
        OnnxValue x = graph.input("x", OnnxValue.FREE, 4);
        List<OnnxValue> outputs =
                graph.node("TopK", x, graph.integers(2)).toEach(new long[] {-1, 2}, new long[] {-1, 2});
        graph.output("out", outputs.get(1));
        assertEquals(2, outputs.size());
        assertArrayEquals(new long[] {-1, 2}, outputs.get(1).shape());
        assertEquals(
                outputs.stream().map(OnnxValue::name).toList(),
                List.copyOf(graph.model("net").getGraph().getNode(0).getOutputList()));
    }
}
