package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * Writes a network as an ONNX file, which ONNX Runtime and others serve without DL4J: in Java, Python, a browser, on a telephone.
 * <p>The file holds the computation of {@code output(x)} in inference: without dropout, with the running statistics of
 * batch normalisation, without decoders and penalties that no step uses, with the measured scales of inputs. Masks are
 * not supported. Inputs and outputs have the network's shapes and order of axes; the batch is of any size.
 * <p>Layers: {@code ListaLayer}, {@code ConvolutionalListaLayer} and {@code LocallyConnectedListaLayer} with every coupling,
 * momentum, threshold schedule and support selection, and every shrinkage in closed form; the decoding, pooling,
 * normalisation and inhibition layers of this library; DL4J's dense, convolution, subsampling, global pooling, batch normalisation, activation, dropout,
 * output and loss layers, frozen or not, and the vertices that merge, combine, scale, shift, normalise or take a part.
 * Layers of other projects implement {@link OnnxLayer}, shrinkages {@link OnnxShrinkage}.
 * <p>Shapes: inputs and outputs are those of the network in single precision; one in double precision is rounded.
 * <p>Errors: {@code IllegalArgumentException} with the layer's name, before anything is written, for a layer or an option that ONNX's
 * operators do not express, for a network without parameters, and for weights of more than two gigabytes.
 */
public final class OnnxExport {
    private OnnxExport() {}

    /**
     * Writes a network, replacing a file that exists as a whole or not at all.
     *
     * @param net   a {@code MultiLayerNetwork} or a {@code ComputationGraph}. Not modified.
     * @param file  in a directory that exists
     * @param types of the network's inputs in their order; may be left out where the lowest layers determine them
     *      @return a summary of the file
     * @throws IllegalArgumentException as said above
     * @throws IOException              if the file can't be written
     */
    public static Summary write(Model net, Path file, InputType... types) throws IOException {
        Args.given("file", file);
        OnnxGraph graph = OnnxNetwork.graph(Net.of(net).initialised("net"), types);
        Onnx.ModelProto model = graph.model("network");
        AtomicFile.write(file, model::writeTo);
        return new Summary(graph.inputs(), graph.outputs(), model.getGraph().getNodeCount(), Files.size(file));
    }

    /**
     * Inputs, outputs and size of an ONNX file.
     *
     * @param inputs  their shapes by name, in order; {@link OnnxValue#FREE} for an axis of any length, such as the first, the batch
     * @param outputs their shapes by name, in order
     * @param nodes   the number of operators
     * @param bytes   size of the file
     */
    public record Summary(Map<String, long[]> inputs, Map<String, long[]> outputs, int nodes, long bytes) {
        /** Copies the maps. */
        public Summary {
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
}
