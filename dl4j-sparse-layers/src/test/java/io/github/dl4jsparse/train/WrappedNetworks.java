package io.github.dl4jsparse.train;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A layer "code" in each of DL4J's wrappers below a classifier, as a stack and as a graph, with the same parameters as bare. */
public enum WrappedNetworks {
    BARE(false, false),
    FROZEN(true, false),
    FROZEN_WITH_BACKPROP(true, false),
    FROZEN_VERTEX(true, false),
    TIME_DISTRIBUTED(false, true),
    MASKED_TIME_DISTRIBUTED(false, true),
    FROZEN_TIME_DISTRIBUTED(true, true);

    public static final int INPUTS = 5;
    public static final int UNITS = 7;
    private static final int STEPS = 3;

    private final boolean frozen;
    private final boolean overTime;

    WrappedNetworks(boolean frozen, boolean overTime) {
        this.frozen = frozen;
        this.overTime = overTime;
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** A vertex of a graph, and no wrapper of a layer. */
    public boolean isVertex() {
        return this == FROZEN_VERTEX;
    }

    Layer wrapped(Layer layer) {
        layer.setLayerName("code");
        Layer wrapped =
                switch (this) {
                    case BARE, FROZEN_VERTEX -> layer;
                    case FROZEN -> new FrozenLayer(layer);
                    case FROZEN_WITH_BACKPROP -> new FrozenLayerWithBackprop(layer);
                    case TIME_DISTRIBUTED -> new TimeDistributed(layer);
                    case MASKED_TIME_DISTRIBUTED -> new MaskZeroLayer(new TimeDistributed(layer), 0);
                    case FROZEN_TIME_DISTRIBUTED -> new FrozenLayerWithBackprop(new TimeDistributed(layer));
                };
        wrapped.setLayerName("code");
        return wrapped;
    }

    /** An encoder; of one step it has a twin among DL4J's layers. */
    public static ListaLayer encoder(int steps) {
        return new ListaLayer.Builder()
                .nIn(INPUTS)
                .nOut(UNITS)
                .iterations(steps)
                .shrinkage(Shrinkage.NON_NEGATIVE)
                .initialThreshold(0.1)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(1)
                .build();
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01));
    }

    private Layer classifier() {
        return overTime
                ? new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(UNITS)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build()
                : new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(UNITS)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build();
    }

    private InputType inputType() {
        return overTime ? InputType.recurrent(INPUTS, STEPS) : InputType.feedForward(INPUTS);
    }

    /** The wrapped layer, and others above it as they are, below a classifier. */
    public MultiLayerNetwork stack(Layer layer, Layer... above) {
        NeuralNetConfiguration.ListBuilder list = settings().list().layer(wrapped(layer));
        for (Layer each : above) {
            list.layer(each);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(classifier()).setInputType(inputType()).build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.05));
        return net;
    }

    public ComputationGraph graph(Layer layer) {
        var builder = settings().graphBuilder().addInputs("in");
        if (isVertex()) {
            NeuralNetConfiguration conf = settings().layer(wrapped(layer)).build();
            builder.addVertex("code", new FrozenVertex(new LayerVertex(conf, null)), "in");
        } else {
            builder.addLayer("code", wrapped(layer), "in").setInputTypes(inputType());
        }
        ComputationGraph net = new ComputationGraph(
                builder.addLayer("out", classifier(), "code").setOutputs("out").build());
        net.init();
        net.params().addi(Samples.gaussian(9, net.params().shape()).muli(0.05));
        return net;
    }

    /** Stack and graph; of a vertex the graph alone. */
    public List<AnyNetwork> networks(Layer layer) {
        AnyNetwork graph = new AnyNetwork.Graph(graph(layer.clone()));
        return isVertex() ? List.of(graph) : List.of(new AnyNetwork.Stack(stack(layer.clone())), graph);
    }

    /** Inputs as the wrapped layer takes them; time steps one after the other are those of the bare layer. */
    public INDArray inputs(int examples) {
        INDArray x = Samples.gaussian(3, examples * STEPS, INPUTS);
        return overTime ? x.reshape('c', examples, STEPS, INPUTS).permute(0, 2, 1) : x;
    }

    /** An output, or code, with a row an example and time step. */
    INDArray rows(INDArray output) {
        return overTime
                ? output.permute(0, 2, 1).dup('c').reshape('c', output.size(0) * output.size(2), output.size(1))
                : output;
    }

    public DataSetIterator data(int examples) {
        INDArray x = inputs(examples);
        return new ExistingDataSetIterator(List.of(new DataSet(x, x)));
    }

    public MultiDataSetIterator multiData(int examples) {
        return new MultiDataSetIteratorAdapter(data(examples));
    }
}
