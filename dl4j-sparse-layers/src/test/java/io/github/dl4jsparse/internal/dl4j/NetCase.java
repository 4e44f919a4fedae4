package io.github.dl4jsparse.internal.dl4j;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network of each kind: maps, and an encoder "code" on them, which in the graph is also given a dense layer of a second input, by a
 * vertex that DL4J puts between; in the graph a vertex without parameters is above the encoder.
 */
enum NetCase {
    STACK(() -> Net.of(NetCase.stack()), List.of("input", "maps", "code", "layer2"), new INDArray[] {
        Samples.gaussian(1, 3, 2, 5, 4)
    }),
    GRAPH(
            () -> Net.of(NetCase.graph()),
            List.of("left", "right", "maps", "dense", "flat", "code-merge", "code", "unit", "out"),
            new INDArray[] {Samples.gaussian(2, 3, 3), Samples.gaussian(1, 3, 2, 5, 4)});

    static final int UNITS = 7;

    private final Supplier<Net<?>> net;
    private final List<String> vertices;
    private final INDArray[] features;

    NetCase(Supplier<Net<?>> net, List<String> vertices, INDArray[] features) {
        this.net = net;
        this.vertices = vertices;
        this.features = features;
    }

    /** A new network, initialised. */
    Net<?> net() {
        return net.get();
    }

    /** The names of its vertices, each after those below it. */
    List<String> vertices() {
        return vertices;
    }

    /** Three examples. */
    INDArray[] features() {
        return features;
    }

    /** Trains a network of this kind a little, so that its updater has a history. */
    void train(Net<?> trained) {
        NeuralNetwork model = trained.model();
        for (int i = 0; i < 3; i++) {
            model.fit(new MultiDataSet(features, new INDArray[] {Samples.oneHot(3, 2)}));
        }
    }

    /** The output of the last layer. */
    INDArray output(Net<?> of) {
        return of.output(of.vertices().get(vertices.size() - 1), features);
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01));
    }

    private static ConvolutionLayer maps() {
        return new ConvolutionLayer.Builder(3, 2)
                .name("maps")
                .nOut(3)
                .activation(Activation.TANH)
                .build();
    }

    private static ListaLayer code() {
        return new ListaLayer.Builder()
                .name("code")
                .nOut(UNITS)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(1)
                .build();
    }

    private static OutputLayer classifier() {
        return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
    }

    private static MultiLayerNetwork stack() {
        MultiLayerNetwork net = new MultiLayerNetwork(settings()
                .list()
                .layer(maps())
                .layer(code())
                .layer(classifier())
                .setInputType(InputType.convolutional(5, 4, 2))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("left", "right")
                .setInputTypes(InputType.feedForward(3), InputType.convolutional(5, 4, 2))
                .addLayer("maps", maps(), "right")
                .addLayer("dense", new DenseLayer.Builder().nOut(4).build(), "left")
                .addLayer("flat", new DenseLayer.Builder().nOut(5).build(), "maps")
                .addLayer("code", code(), "dense", "flat")
                .addVertex("unit", new L2NormalizeVertex(), "code")
                .addLayer("out", classifier(), "unit")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }
}
