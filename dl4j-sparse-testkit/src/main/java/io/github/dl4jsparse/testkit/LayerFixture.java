package io.github.dl4jsparse.testkit;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.provider.Arguments;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The methods by which {@link LayerContract} accesses the layer under test, and small networks with it. */
interface LayerFixture {
    /** The number of classes of every network's output. */
    int CLASSES = 3;
    /** The name of the layer under test. */
    String NAME = "code";
    /** The unsupervised weight of the joint loss in the tests. */
    double WEIGHT = 1.7;

    /** The configurations under test. Keep them small: every weight is checked by finite differences, many times. */
    Stream<LayerVariant> variants();

    /** The variants for tests that take long and do not depend on how the layer computes. */
    default Stream<LayerVariant> fewVariants() {
        return variants().limit(2);
    }

    /** Every variant in every kind of network. */
    default Stream<Arguments> variantsInNetworks() {
        return variants().flatMap(variant -> Stream.of(NetworkKind.values()).map(kind -> Arguments.of(variant, kind)));
    }

    /** The width of the input. */
    default int width() {
        return 3;
    }

    /** A value of one of the configuration's own fields that differs from {@code value}, which may be null. */
    default Object otherValue(Field field, Object value) {
        Class<?> type = field.getType();
        if (type == boolean.class || type == Boolean.class) {
            return !Boolean.TRUE.equals(value);
        } else if (type == int.class || type == Integer.class) {
            return value == null ? 1 : (Integer) value + 1;
        } else if (type == long.class || type == Long.class) {
            return value == null ? 1L : (Long) value + 1;
        } else if (type == double.class || type == Double.class) {
            return value == null || Double.isInfinite((Double) value) ? 0.5 : (Double) value + 0.5;
        } else if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[0] == value ? constants[1] : constants[0];
        } else if (type == int[].class) {
            return value == null
                    ? new int[] {7}
                    : Arrays.stream((int[]) value).map(i -> i + 1).toArray();
        } else if (type == double[].class) {
            return value == null
                    ? new double[] {0.5}
                    : Arrays.stream((double[]) value).map(d -> d + 0.5).toArray();
        } else if (type == String.class) {
            return value + "other";
        } else if (type == Map.class) {
            return Map.of("other", 0.125);
        }
        throw new IllegalStateException("override otherValue for the field " + field);
    }

    /** What the networks are told of their input. */
    default InputType inputType() {
        return InputType.feedForward(width());
    }

    /** Inputs, standard normal, of the input type. */
    default INDArray input(int batch, long seed) {
        return Samples.gaussian(seed, shape(batch));
    }

    /** The shape of a batch of inputs. */
    private long[] shape(int batch) {
        long[] shape = inputType().getShape(true);
        shape[0] = batch;
        return shape;
    }

    /** A mask that leaves out the second of three examples. */
    default INDArray maskOfExamples() {
        return Nd4j.create(new double[][] {{1}, {0}, {1}});
    }

    /** The same as a mask of labels, one value per example. */
    default INDArray maskOfLabels() {
        return Nd4j.create(new double[][] {{1}, {0}, {1}});
    }

    /** A learning rate at which plain gradient descent on the joint loss descends. */
    default double learningRate() {
        return 0.05;
    }

    /** The axis of the units, or maps, in a code. */
    default int unitAxis() {
        return 1;
    }

    /** Layers between the layer under test and the classifier: for images one that takes any number of maps. */
    default Layer[] above() {
        return new Layer[0];
    }

    /** Inputs with labels. */
    default DataSet dataSet(int batch, long seed) {
        return new DataSet(input(batch, seed), Samples.oneHot(batch, CLASSES));
    }

    /** Network settings that gradient checks need; each test changes what it is about. */
    default NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp());
    }

    /** A classifier on the given layers, with noise on its parameters so that no weight is special. */
    default MultiLayerNetwork network(NeuralNetConfiguration.Builder settings, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = settings.list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        for (Layer layer : above()) {
            list.layer(layer);
        }
        MultiLayerNetwork net = new MultiLayerNetwork(
                list.layer(classifier()).setInputType(inputType()).build());
        net.init();
        net.initGradientsView();
        addNoise(net.params());
        return net;
    }

    /** The same as a graph: a chain of the layers, the last but one named {@link #NAME}, and a classifier. */
    default ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer... layers) {
        var builder = settings.graphBuilder().addInputs("in").setInputTypes(inputType());
        String below = "in";
        for (int i = 0; i < layers.length; i++) {
            String name = i == layers.length - 1 ? NAME : "below" + i;
            builder.addLayer(name, layers[i], below);
            below = name;
        }
        for (Layer layer : above()) {
            builder.addLayer("above", layer, below);
            below = "above";
        }
        ComputationGraph net = new ComputationGraph(
                builder.addLayer("out", classifier(), below).setOutputs("out").build());
        net.init();
        addNoise(net.params());
        return net;
    }

    /** A network of one layer under test and a classifier. */
    default MultiLayerNetwork network(LayerVariant variant, double weight) {
        return network(settings(), named(variant, weight));
    }

    /** A network of either kind. */
    default AnyNetwork network(NetworkKind kind, NeuralNetConfiguration.Builder settings, Layer... layers) {
        return switch (kind) {
            case MULTI_LAYER -> new AnyNetwork.Stack(network(settings, layers));
            case GRAPH -> new AnyNetwork.Graph(graph(settings, layers));
        };
    }

    /** The layer under test with its name. */
    default Layer named(LayerVariant variant, double weight) {
        return with(variant, weight, builder -> {});
    }

    /** The layer under test with its name and options of every DL4J layer. */
    default Layer with(LayerVariant variant, double weight, Consumer<Layer.Builder<?>> options) {
        Layer.Builder<?> builder = variant.builder(weight);
        builder.name(NAME);
        options.accept(builder);
        return builder.build();
    }

    /** The same with options of DL4J's layers that have weights; without them where the layer has none or refuses them. */
    default Layer withOptionsOfWeights(
            LayerVariant variant,
            double weight,
            Consumer<Layer.Builder<?>> options,
            Consumer<BaseLayer.Builder<?>> ofWeights) {
        try {
            return with(variant, weight, options.andThen(builder -> {
                if (builder instanceof BaseLayer.Builder<?> weights) {
                    ofWeights.accept(weights);
                }
            }));
        } catch (DL4JInvalidConfigException refused) {
            return with(variant, weight, options);
        }
    }

    /** A smooth layer below the layer under test, so that a gradient check sees the gradient of its input. */
    default Layer below() {
        return new DenseLayer.Builder()
                .nOut(width())
                .activation(Activation.TANH)
                .build();
    }

    /** Softmax with cross-entropy. */
    default OutputLayer classifier() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    /** Moves parameters a little, by the same amounts every time. */
    default void addNoise(INDArray params) {
        params.addi(Samples.gaussian(99, params.shape()).muli(0.03).castTo(params.dataType()));
    }

    /** Mean cross-entropy of a classifier's output, computed here. */
    default double crossEntropy(INDArray output, INDArray labels) {
        double sum = 0;
        for (int i = 0; i < output.rows(); i++) {
            for (int j = 0; j < CLASSES; j++) {
                sum -= labels.getDouble(i, j) * Math.log(output.getDouble(i, j));
            }
        }
        return sum / output.rows();
    }

    /** Resets ND4J's random numbers before every pass of a gradient check. */
    static <T> org.nd4j.common.function.Consumer<T> resetRandom() {
        return net -> Nd4j.getRandom().setSeed(4711);
    }
}
