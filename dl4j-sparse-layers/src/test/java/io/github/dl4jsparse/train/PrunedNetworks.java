package io.github.dl4jsparse.train;

import static io.github.dl4jsparse.train.PrunedNetworks.INPUTS;
import static io.github.dl4jsparse.train.PrunedNetworks.layer;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.TreePenalty;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Chains of layers as networks of both of DL4J's kinds, in double precision, for tests that remove units of the first
 * layer.
 */
final class PrunedNetworks {
    static final int INPUTS = 5;
    static final int CLASSES = 3;

    /** The units of an encoder that is to lose some. */
    static final int UNITS = 8;

    static final int[] KEPT = {0, 2, 3, 6};
    static final int[] REMOVED = {1, 4, 5, 7};

    private PrunedNetworks() {}

    /** Layers that are named "layer0", "layer1", ... in both kinds. */
    static AnyNetwork chain(boolean graph, IUpdater updater, Layer... layers) {
        return chain(graph, updater, InputType.feedForward(INPUTS), layers);
    }

    /** The same on inputs of any type. */
    static AnyNetwork chain(boolean graph, IUpdater updater, InputType inputs, Layer... layers) {
        NeuralNetConfiguration.Builder settings = new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(updater);
        return graph ? graph(settings, inputs, layers) : stack(settings, inputs, layers);
    }

    private static AnyNetwork stack(NeuralNetConfiguration.Builder settings, InputType inputs, Layer... layers) {
        ListBuilder list = settings.list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(inputs).build());
        net.init();
        return new AnyNetwork.Stack(net);
    }

    private static AnyNetwork graph(NeuralNetConfiguration.Builder settings, InputType inputs, Layer... layers) {
        GraphBuilder builder = settings.graphBuilder().addInputs("in");
        for (int i = 0; i < layers.length; i++) {
            builder.addLayer("layer" + i, layers[i], i == 0 ? "in" : "layer" + (i - 1));
        }
        ComputationGraph net = new ComputationGraph(builder.setOutputs("layer" + (layers.length - 1))
                .setInputTypes(inputs)
                .build());
        net.init();
        return new AnyNetwork.Graph(net);
    }

    /** What is left of a network when the first layer keeps some units. */
    static AnyNetwork pruned(AnyNetwork net, int... kept) {
        return net.model() instanceof MultiLayerNetwork stack
                ? new AnyNetwork.Stack(UnitPruner.prune(stack, 0, kept))
                : new AnyNetwork.Graph(UnitPruner.prune((ComputationGraph) net.model(), "layer0", kept));
    }

    /** The layer of a position in the chain. */
    static org.deeplearning4j.nn.api.Layer layer(AnyNetwork net, int index) {
        return net.model() instanceof MultiLayerNetwork stack
                ? stack.getLayer(index)
                : ((ComputationGraph) net.model()).getLayer("layer" + index);
    }

    /** The network's updater, null where there is none. */
    static Updater updater(AnyNetwork net) {
        return net.model() instanceof MultiLayerNetwork stack
                ? stack.getUpdater(false)
                : ((ComputationGraph) net.model()).getUpdater(false);
    }

    /** Random inputs of random classes. */
    static DataSet data(long seed, int examples) {
        return new DataSet(Samples.gaussian(seed, examples, INPUTS), Samples.oneHot(examples, CLASSES));
    }

    /** An encoder of {@link #UNITS} units whose loss is a part of that of the network. */
    static ListaLayer.Builder lista() {
        return lista(UNITS);
    }

    /** An encoder whose loss is a part of that of the network. */
    static ListaLayer.Builder lista(int units) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(3)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5);
    }

    /** A layer above. */
    static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build();
    }

    /** A classifier. */
    static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Makes the units that are to go silent whatever the input, so that a network can do without them. */
    static void silence(org.deeplearning4j.nn.api.Layer layer, int... units) {
        INDArray thresholds = layer.getParam(ListaLayer.THRESHOLD);
        for (int unit : units) {
            for (int step = 0; step < thresholds.rows(); step++) {
                thresholds.putScalar(step, unit, 1e6);
            }
        }
    }

    /** The elements of kept units along an axis that holds blocks of all units. */
    static INDArray along(INDArray array, int axis) {
        INDArray rows = axis == 0 ? array.dup('c') : array.transpose().dup('c');
        int[] chosen = IntStream.range(0, rows.rows())
                .filter(row -> IntStream.of(KEPT).anyMatch(unit -> unit == row % UNITS))
                .toArray();
        INDArray part = Nd4j.pullRows(rows, 1, chosen);
        return axis == 0 ? part : part.transpose();
    }

    /** A layer whose code is that of a solver, under the norms of the subtrees, alone in a network. */
    static MultiLayerNetwork coding(Tree tree) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Nesterovs(0.05, 0.9))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(tree.size())
                        .penalty(new TreePenalty(0.7, tree))
                        .solver(new Fista(5000, 1e-8))
                        .build())
                .build());
        net.init();
        return net;
    }
}
