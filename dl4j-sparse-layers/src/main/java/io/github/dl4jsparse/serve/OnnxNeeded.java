package io.github.dl4jsparse.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import onnx.Onnx;

/** The part of a graph that its outputs need. */
final class OnnxNeeded {
    private OnnxNeeded() {}

    /**
     * A graph without the nodes and constants that no output needs.
     *
     * @param graph each node after those that it takes from. Not modified.
     */
    static Onnx.GraphProto.Builder of(Onnx.GraphProtoOrBuilder graph) {
        Set<String> needed = new HashSet<>();
        graph.getOutputList().forEach(each -> needed.add(each.getName()));
        Deque<Onnx.NodeProto> nodes = new ArrayDeque<>();
        for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
            Onnx.NodeProto node = graph.getNode(i);
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                nodes.addFirst(node);
                needed.addAll(node.getInputList());
            }
        }
        Onnx.GraphProto.Builder part = Onnx.GraphProto.newBuilder()
                .addAllInput(graph.getInputList())
                .addAllOutput(graph.getOutputList())
                .addAllNode(nodes);
        graph.getInitializerList().stream()
                .filter(each -> needed.contains(each.getName()))
                .forEach(part::addInitializer);
        return part;
    }
}
