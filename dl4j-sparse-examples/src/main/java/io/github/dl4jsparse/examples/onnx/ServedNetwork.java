package io.github.dl4jsparse.examples.onnx;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.serve.OnnxExport;
import io.github.dl4jsparse.serve.OnnxExport.Summary;
import io.github.dl4jsparse.serve.OnnxValue;
import io.github.dl4jsparse.train.StandardLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A saved network and the ONNX file that was made of it.
 *
 * @param saved file of the network
 * @param net   as it was read
 * @param file  the ONNX file
 */
record ServedNetwork(Path saved, Model net, Path file, Summary summary) {
    /** Sizes of batches that are compared. */
    static final List<Integer> BATCHES = List.of(1, 128);

    /**
     * Reads a network and writes its ONNX file.
     *
     * @param types of its inputs; none where its layers have them
     */
    static ServedNetwork write(Path saved, Path file, InputType... types) throws IOException {
        Model net = ModelFile.restoreModel(saved);
        return new ServedNetwork(saved, net, file, OnnxExport.write(net, file, types));
    }

    /** Whether a normaliser was saved with the network, which the ONNX file does not hold. */
    boolean hasNormalizer() throws IOException {
        return ModelFile.restoreNormalizer(saved).isPresent();
    }

    /** Bytes of the saved network, with the state of its updater. */
    long savedBytes() throws IOException {
        return Files.size(saved);
    }

    /** The network of DL4J's own layers that computes the same, if there is one. */
    Optional<Model> ofDl4jsLayers() {
        try {
            return Optional.of(
                    net instanceof ComputationGraph graph
                            ? StandardLayers.convert(graph)
                            : StandardLayers.convertToGraph((MultiLayerNetwork) net));
        } catch (IllegalArgumentException noTwin) {
            return Optional.empty();
        }
    }

    /** Random inputs. */
    INDArray[] inputs(int batch, long seed) {
        List<INDArray> inputs = new ArrayList<>();
        summary.inputs().forEach((name, shape) -> {
            long[] own = shape.clone();
            own[0] = batch;
            for (int axis = 1; axis < own.length; axis++) {
                if (own[axis] == OnnxValue.FREE) {
                    throw Args.failure(
                            "--input", "given, as input \"" + name + "\" may have any size", "nothing for it");
                }
            }
            inputs.add(Nd4j.randn(seed, own).castTo(DataType.FLOAT));
        });
        return inputs.toArray(INDArray[]::new);
    }

    /** The outputs of a network of DL4J's. */
    static INDArray[] outputs(Model net, INDArray... inputs) {
        Model own = Net.of(net).model();
        return own instanceof ComputationGraph graph
                ? graph.output(inputs)
                : new INDArray[] {((MultiLayerNetwork) own).output(inputs[0])};
    }
}
