package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.serve.OnnxExport.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OnnxVerticesTest {
    private static final InputType ROWS = InputType.feedForward(10);
    private static final InputType IMAGES = InputType.convolutional(6, 5, 2);

    private static GraphBuilder graph() {
        return new NeuralNetConfiguration.Builder().seed(3).graphBuilder();
    }

    private static ListaLayer encoder() {
        return new ListaLayer.Builder().nOut(8).penalty(new L1Penalty(0.1)).build();
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build();
    }

    /** Two branches of 8 units joined by a vertex. */
    private static void check(GraphVertex vertex, String... inputs) throws IOException {
        ComputationGraph net = new ComputationGraph(graph().addInputs("in")
                .setInputTypes(ROWS)
                .addLayer("encoder", encoder(), "in")
                .addLayer("dense", dense(), "in")
                .addVertex("joined", vertex, inputs)
                .addLayer("out", OnnxExportTest.classifier(), "joined")
                .setOutputs("out")
                .build());
        net.init();
        OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(ROWS, batch)});
    }

    @Test
    void merges() throws IOException {
        check(new MergeVertex(), "encoder", "dense", "in");
    }

    @Test
    void everyCombination() throws IOException {
        for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
            check(new ElementWiseVertex(op), "encoder", "dense");
        }
        check(new ElementWiseVertex(ElementWiseVertex.Op.Average), "encoder", "dense", "encoder");
    }

    @Test
    void verticesOfOneInput() throws IOException {
        for (GraphVertex vertex : List.of(
                new ScaleVertex(2.5),
                new ShiftVertex(-0.5),
                new SubsetVertex(2, 4),
                new L2NormalizeVertex(),
                new FrozenVertex(new ScaleVertex(3)))) {
            ComputationGraph net = new ComputationGraph(graph().addInputs("in")
                    .setInputTypes(ROWS)
                    .addLayer("dense", dense(), "in")
                    .addVertex("changed", vertex, "dense")
                    .addLayer("out", OnnxExportTest.classifier(), "changed")
                    .setOutputs("out")
                    .build());
            net.init();
            OnnxLaw.check(net, batch -> new INDArray[] {OnnxExportTest.input(ROWS, batch)});
        }
    }

    @Test
    void severalInputsAndOutputs() throws IOException {
        ComputationGraph net = new ComputationGraph(graph().addInputs("picture", "facts")
                .setInputTypes(IMAGES, ROWS)
                .addLayer(
                        "maps",
                        new ConvolutionalListaLayer.Builder(3, 3)
                                .nOut(4)
                                .penalty(new L1Penalty(0.1))
                                .build(),
                        "picture")
                .addVertex("directions", new L2NormalizeVertex(), "maps")
                .addVertex("two", new MergeVertex(), "directions", "maps")
                .addVertex("flat", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(6, 5, 8)), "two")
                .addLayer("encoder", encoder(), "facts")
                .addVertex("all", new MergeVertex(), "flat", "encoder")
                .addLayer("class", OnnxExportTest.classifier(), "all")
                .addLayer(
                        "number",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "all")
                .setOutputs("number", "class")
                .build());
        net.init();
        OnnxLaw.check(
                net, batch -> new INDArray[] {OnnxExportTest.input(IMAGES, batch), OnnxExportTest.input(ROWS, batch)});
    }

    @Test
    void namesAreThoseOfTheGraph(@TempDir Path directory) throws IOException {
        ComputationGraph net = new ComputationGraph(graph().addInputs("in")
                .setInputTypes(ROWS)
                .addLayer("encoder", encoder(), "in")
                .addLayer("class", OnnxExportTest.classifier(), "encoder")
                .setOutputs("class", "encoder")
                .build());
        net.init();
        Summary summary = OnnxExport.write(net, directory.resolve("net.onnx"));
        assertEquals(
                "in [batch, 10] -> class [batch, 3], encoder [batch, 8]",
                summary.toString().split(", \\d+ operators")[0]);
    }

    @Test
    void otherVerticesAreRefusedByName(@TempDir Path directory) {
        ComputationGraph net = new ComputationGraph(graph().addInputs("a", "b")
                .setInputTypes(ROWS, ROWS)
                .addVertex("both", new StackVertex(), "a", "b")
                .addLayer("out", OnnxExportTest.classifier(), "both")
                .setOutputs("out")
                .build());
        net.init();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> OnnxExport.write(net, directory.resolve("net.onnx"), ROWS, ROWS));
        assertTrue(e.getMessage().endsWith("got StackVertex (vertex \"both\")"), e.getMessage());
    }
}
