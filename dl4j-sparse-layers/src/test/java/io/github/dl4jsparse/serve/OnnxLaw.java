package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.internal.dl4j.Net;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The law of an exported network: ONNX Runtime computes what the network's {@code output} does, for every size of a batch. */
public final class OnnxLaw {
    /** Largest difference, relative to the largest output where that is above 1. */
    public static final double TOLERANCE = 1e-5;

    private OnnxLaw() {}

    /** Sizes of batches that a network is tried with. */
    public static int[] batches() {
        return new int[] {1, 3, 128};
    }

    /** Inputs of a network of a size of batch, one array an input. */
    @FunctionalInterface
    public interface Inputs {
        INDArray[] of(int batch);
    }

    /**
     * Exports a network and compares its outputs.
     *
     * @return the largest difference
     */
    public static double check(Model net, Inputs inputs, InputType... types) throws IOException {
        Path file = Files.createTempFile("network", ".onnx");
        try {
            OnnxExport.write(net, file, types);
            assertEquals(Set.of(), unused(file));
            double largest = 0;
            try (OnnxSession session = new OnnxSession(file)) {
                for (int batch : batches()) {
                    largest = Math.max(largest, difference(net, session, inputs.of(batch)));
                }
            }
            double found = largest;
            assertTrue(found <= TOLERANCE, () -> "difference " + found);
            return found;
        } finally {
            Files.delete(file);
        }
    }

    /** Names of constants that no node takes. */
    private static Set<String> unused(Path file) throws IOException {
        Onnx.GraphProto graph =
                Onnx.ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
        Set<String> names = new HashSet<>();
        graph.getInitializerList().forEach(each -> names.add(each.getName()));
        graph.getNodeList().forEach(node -> names.removeAll(node.getInputList()));
        return names;
    }

    /** The largest difference of the outputs of a network and of its file. */
    public static double difference(Model net, OnnxSession session, INDArray... inputs) {
        Map<String, INDArray> found = session.run(inputs);
        List<INDArray> results = new ArrayList<>(found.values());
        INDArray[] expected = outputs(net, inputs);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            INDArray exact = expected[i].castTo(DataType.DOUBLE);
            INDArray result = results.get(i).castTo(DataType.DOUBLE);
            assertArrayEquals(exact.shape(), result.shape());
            double scale = Math.max(1, exact.amaxNumber().doubleValue());
            double difference = exact.sub(result).amaxNumber().doubleValue() / scale;
            assertTrue(difference >= 0, "a number");
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    private static INDArray[] outputs(Model net, INDArray... inputs) {
        Model own = Net.of(net).model();
        return own instanceof ComputationGraph graph
                ? graph.output(inputs)
                : new INDArray[] {((MultiLayerNetwork) own).output(inputs[0])};
    }
}
