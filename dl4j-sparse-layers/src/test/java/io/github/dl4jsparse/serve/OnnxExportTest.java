package io.github.dl4jsparse.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.serve.OnnxExport.Summary;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OnnxExportTest {
    @TempDir
    Path directory;

    static MultiLayerNetwork network(InputType type, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(7).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(classifier()).setInputType(type).build());
        net.init();
        return net;
    }

    static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static INDArray input(InputType type, int batch) {
        long[] shape = type.getShape(true);
        shape[0] = batch;
        return Samples.gaussian(DataType.FLOAT, 11, shape);
    }

    @Test
    void rowsThroughAnEncoderAndAClassifier() throws IOException {
        InputType type = InputType.feedForward(10);
        MultiLayerNetwork net = network(
                type,
                new ListaLayer.Builder()
                        .nOut(12)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .build());
        OnnxLaw.check(net, batch -> new INDArray[] {input(type, batch)});
    }

    @Test
    void imagesThroughAConvolutionalEncoderAndAClassifier() throws IOException {
        InputType type = InputType.convolutional(7, 6, 2);
        MultiLayerNetwork net = network(
                type,
                new ConvolutionalListaLayer.Builder(3, 3)
                        .nOut(4)
                        .iterations(3)
                        .penalty(new L1Penalty(0.1))
                        .build());
        OnnxLaw.check(net, batch -> new INDArray[] {input(type, batch)});
    }

    @Test
    void summarySaysInputsAndOutputs() throws IOException {
        Path file = directory.resolve("net.onnx");
        MultiLayerNetwork net = network(
                InputType.feedForward(10),
                new ListaLayer.Builder().nOut(12).penalty(new L1Penalty(0.1)).build());
        Summary summary = OnnxExport.write(net, file);
        assertEquals(Files.size(file), summary.bytes());
        assertTrue(summary.toString().startsWith("input [batch, 10] -> output [batch, 3], "), summary.toString());
    }

    @Test
    void aSolverIsRefusedByNameAndTheFileStaysAsItWas() throws IOException {
        Path file = directory.resolve("net.onnx");
        Files.writeString(file, "old");
        MultiLayerNetwork net = network(
                InputType.feedForward(10),
                new SparseCodingLayer.Builder()
                        .name("codes")
                        .nOut(12)
                        .penalty(new L1Penalty(0.1))
                        .build());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OnnxExport.write(net, file));
        assertEquals(
                "layer must be of a fixed number of steps; train a ListaLayer to predict its codes (predictive) and export"
                        + " that, got a SparseCodingLayer, which solves for its codes (layer \"codes\", SparseCodingLayer)",
                e.getMessage());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void anInputWithoutAShapeNeedsItsType() throws IOException {
        Path file = directory.resolve("net.onnx");
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new io.github.dl4jsparse.nn.normalization.L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder()
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        assertEquals("input [batch, 4] -> output [batch, 3]", text(OnnxExport.write(net, file)));
        assertEquals(
                "input [batch, 4] -> output [batch, 3]", text(OnnxExport.write(net, file, InputType.feedForward(4))));
        assertThrows(
                IllegalArgumentException.class,
                () -> OnnxExport.write(net, file, InputType.feedForward(4), InputType.feedForward(4)));
    }

    private static String text(Summary summary) {
        return summary.toString().split(", \\d+ operators")[0];
    }

    @Test
    void aNetworkBeforeInitIsRefused() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(3).build())
                .build());
        Path file = directory.resolve("net.onnx");
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> OnnxExport.write(net, file));
        assertTrue(e.getMessage().contains("init()"), e.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void weightsThatOneFileDoesNotHoldAreRefused() {
        OnnxGraph graph = new OnnxGraph(100);
        graph.constant(Nd4j.ones(DataType.FLOAT, 5, 5));
        // the same again takes no more
        graph.constant(Nd4j.ones(DataType.FLOAT, 5, 5));
        INDArray more = Nd4j.zeros(DataType.FLOAT, 1);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> graph.constant(more));
        assertTrue(e.getMessage().startsWith("weights must be of at most 100 bytes"), e.getMessage());
    }
}
