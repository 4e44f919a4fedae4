package io.github.dl4jsparse.integration;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.InhibitionCoordinateDescent;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
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
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Every layer of this project, alone in a small network below a classifier, and stacks of them, with data whose classes
 * can be learned. A test over {@code EveryLayer} is a test of all that the project ships.
 */
public enum EveryLayer {
    LISTA(false, true, () -> new Layer.Builder<?>[] {
        new ListaLayer.Builder()
                .nOut(12)
                .iterations(3)
                .shrinkage(Shrinkage.NON_NEGATIVE)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5)
    }),
    LISTA_OF_GROUPS(false, true, () -> new Layer.Builder<?>[] {
        new ListaLayer.Builder()
                .nOut(12)
                .iterations(2)
                .gain(true)
                .penalty(new GroupL2Penalty(0.02, Groups.blocks(12, 3)))
                .unsupervisedWeight(0.5)
    }),
    LISTA_WITH_LEARNED_INHIBITION(false, true, () -> new Layer.Builder<?>[] {
        new ListaLayer.Builder()
                .nOut(12)
                .iterations(3)
                .penalty(new LateralInhibitionPenalty(0.2, InhibitionMatrix.uniform(12, 0.1), new L1Penalty(0.02))
                        .learned(LearnedInhibition.ascent(1, 0.5)))
                .unsupervisedWeight(0.1)
    }),
    CONVOLUTIONAL_LISTA(true, true, () -> new Layer.Builder<?>[] {
        new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(4)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1)
    }),
    LOCALLY_CONNECTED_LISTA(true, true, () -> new Layer.Builder<?>[] {
        new LocallyConnectedListaLayer.Builder(3)
                .nOut(1)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1)
    }),
    SPARSE_CODING(false, true, () -> new Layer.Builder<?>[] {
        new SparseCodingLayer.Builder().nOut(12).penalty(new L1Penalty(0.05)).unsupervisedWeight(0.5)
    }),
    SPARSE_CODING_WITH_INHIBITION(false, true, () -> new Layer.Builder<?>[] {
        new SparseCodingLayer.Builder()
                .nOut(12)
                .penalty(new LateralInhibitionPenalty(0.2, InhibitionMatrix.ring(12, 0, 2, 0.5), new L1Penalty(0.02)))
                .unsupervisedWeight(0.5)
    }),
    LATERAL_INHIBITION(false, false, () -> new Layer.Builder<?>[] {
        new DenseLayer.Builder().nOut(12).activation(Activation.RELU),
        new LateralInhibitionLayer.Builder(InhibitionMatrix.ring(12, 0, 2, 0.5))
                .penaltyWeight(0.05)
                .steps(2)
    }),
    LEARNED_INHIBITION(false, false, () -> new Layer.Builder<?>[] {
        new DenseLayer.Builder().nOut(12).activation(Activation.RELU),
        new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(12, 0.1))
                .penaltyWeight(0.05)
                .learn(LearnedInhibition.ascent(0.5, 1.0))
    }),
    GROUP_L2_POOLING(false, false, () -> new Layer.Builder<?>[] {
        new DenseLayer.Builder().nOut(12).activation(Activation.TANH),
        new GroupL2PoolingLayer.Builder(Groups.blocks(12, 2)).penaltyWeight(0.01)
    }),
    GROUP_SPARSITY(false, false, () -> new Layer.Builder<?>[] {
        new DenseLayer.Builder().nOut(12).activation(Activation.TANH),
        new GroupSparsityLayer.Builder(Groups.blocks(12, 3)).penaltyWeight(0.01)
    }),
    L2_NORMALIZE(false, false, () -> new Layer.Builder<?>[] {
        new DenseLayer.Builder().nOut(12).activation(Activation.RELU), new L2NormalizeLayer.Builder()
    }),
    LOCAL_CONTRAST(true, false, () -> new Layer.Builder<?>[] {new LocalContrastLayer.Builder().window(3)}),
    STACK(true, true, () -> new Layer.Builder<?>[] {
        new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(4)
                .iterations(1)
                .shrinkage(Shrinkage.NON_NEGATIVE)
                .gain(true)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.1),
        new GroupL2PoolingLayer.Builder(Groups.blocks(4, 2)).window(2, 2).stride(2, 2),
        new LocalContrastLayer.Builder().window(3),
        new ListaLayer.Builder()
                .nOut(10)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.2)
    });

    /** Number of classes of the data. */
    public static final int CLASSES = 3;

    private static final Set<String> WEIGHTS = Set.of("W", "E", "S", "D");
    private static final double EXACT = 1e-13;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 5;
    private static final int CHANNELS = 2;

    private final boolean images;
    private final boolean unsupervised;
    private final Supplier<Layer.Builder<?>[]> builders;

    EveryLayer(boolean images, boolean unsupervised, Supplier<Layer.Builder<?>[]> builders) {
        this.images = images;
        this.unsupervised = unsupervised;
        this.builders = builders;
    }

    /** Whether a layer of it has an energy that needs no labels. */
    public boolean isUnsupervised() {
        return unsupervised;
    }

    /** The layers below the classifier, new configurations. */
    public Layer[] layers() {
        return layers(each -> {});
    }

    /**
     * The layers below the classifier with more options.
     *
     * @param options are set in the builder of each
     */
    public Layer[] layers(Consumer<Layer.Builder<?>> options) {
        return Arrays.stream(builders.get())
                .map(each -> {
                    options.accept(each);
                    return each.<Layer>build();
                })
                .toArray(Layer[]::new);
    }

    /** An option that finite differences need: codes are solved exactly, and a learned matrix goes down the loss, not up. */
    public static void differentiable(Layer.Builder<?> builder) {
        if (builder instanceof SparseCodingLayer.Builder coding) {
            Solver solver = coding.build().getSolver();
            coding.solver(
                    solver instanceof CoordinateDescent
                            ? new CoordinateDescent(1_000, EXACT)
                            : new InhibitionCoordinateDescent(1_000, EXACT));
        } else if (builder instanceof ListaLayer.Builder encoder
                && encoder.build().getPenalty() instanceof LearnedPenalty penalty
                && penalty.initial() instanceof LateralInhibitionPenalty inhibition) {
            encoder.penalty(inhibition.learned(LearnedInhibition.descent(1, 0.5)));
        } else if (builder instanceof LateralInhibitionLayer.Builder layer
                && layer.build().getLearned() != null) {
            layer.learn(LearnedInhibition.descent(0.5, 1));
        }
    }

    /** The layers in a network and in a graph, with the same settings and options. */
    public List<AnyNetwork> both(NeuralNetConfiguration.Builder settings, Consumer<Layer.Builder<?>> options) {
        return List.of(
                new AnyNetwork.Stack(network(settings.clone(), layers(options))),
                new AnyNetwork.Graph(graph(settings.clone(), layers(options))));
    }

    /** The layers as they are, in a network and in a graph. */
    public List<AnyNetwork> both(NeuralNetConfiguration.Builder settings) {
        return both(settings, each -> {});
    }

    /** Whether a parameter is one of the weights that DL4J's l1, l2, weight noise and {@code constrainWeights} are for. */
    public static boolean isWeight(org.deeplearning4j.nn.api.Layer layer, String parameter) {
        return WEIGHTS.contains(parameter) && !isInhibition(layer, parameter);
    }

    /** Whether a parameter is an inhibition matrix, which has limits of its own. */
    public static boolean isInhibition(org.deeplearning4j.nn.api.Layer layer, String parameter) {
        return layer.conf().getLayer() instanceof LateralInhibitionLayer || parameter.equals(ListaConf.INHIBITION);
    }

    /** Images of 6 x 5 pixels with two channels, channels first, or vectors of ten numbers. */
    public InputType inputType() {
        return images ? InputType.convolutional(HEIGHT, WIDTH, CHANNELS) : InputType.feedForward(10);
    }

    /** Settings of a network in double precision with Adam. */
    public static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01));
    }

    /** The layers and a classifier. */
    public MultiLayerNetwork network() {
        return network(settings());
    }

    /** The layers and a classifier, with settings. */
    public MultiLayerNetwork network(NeuralNetConfiguration.Builder settings) {
        return network(settings, layers());
    }

    /** Layers, which need not be those of {@link #layers()}, and a classifier, with settings. */
    public MultiLayerNetwork network(NeuralNetConfiguration.Builder settings, Layer... chain) {
        NeuralNetConfiguration.ListBuilder list = settings.list();
        for (Layer layer : chain) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(classifier()).setInputType(inputType()).build());
        net.init();
        return net;
    }

    /** The layers and a classifier as a graph: inputs "in", layers "layer0", "layer1", ..., output "out". */
    public ComputationGraph graph() {
        return graph(settings());
    }

    /** The layers and a classifier as a graph, with settings. */
    public ComputationGraph graph(NeuralNetConfiguration.Builder settings) {
        return graph(settings, layers());
    }

    /** Layers, which need not be those of {@link #layers()}, and a classifier as a graph, with settings. */
    public ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer... chain) {
        var builder = settings.graphBuilder().addInputs("in").setInputTypes(inputType());
        String below = "in";
        for (int i = 0; i < chain.length; i++) {
            builder.addLayer("layer" + i, chain[i], below);
            below = "layer" + i;
        }
        ComputationGraph net = new ComputationGraph(
                builder.addLayer("out", classifier(), below).setOutputs("out").build());
        net.init();
        return net;
    }

    /** Softmax with cross-entropy. */
    public static OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Inputs, a pattern of their class plus noise, in double precision. */
    public INDArray inputs(int batch, long seed) {
        long[] shape = inputType().getShape(true);
        shape[0] = batch;
        INDArray noise = Samples.gaussian(seed, shape).muli(0.3);
        shape[0] = CLASSES;
        INDArray patterns = Samples.gaussian(1234, shape);
        for (int i = 0; i < batch; i++) {
            noise.slice(i).addi(patterns.slice(i % CLASSES));
        }
        return noise;
    }

    /** Inputs with labels, in double precision. */
    public DataSet data(int batch, long seed) {
        return new DataSet(inputs(batch, seed), Samples.oneHot(batch, CLASSES));
    }
}
