package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.DataStart;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.StandardLayers;
import io.github.dl4jsparse.train.UnitPruner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class InputScaleTest {
    private static final int EXAMPLES = 24;
    private static final int SIDE = 6;
    private static final int CLASSES = 3;

    private static SparseLayerBuilder<?> layer(String kind) {
        SparseLayerBuilder<?> builder =
                switch (kind) {
                    case "one step" -> new ListaLayer.Builder().iterations(1).nOut(12);
                    case "three steps" ->
                        new ListaLayer.Builder().iterations(3).nOut(12).gain(true);
                    case "tied" ->
                        new ListaLayer.Builder().iterations(2).tiedDecoder(true).nOut(12);
                    case "maps" -> new ConvolutionalListaLayer.Builder(3, 3).nOut(4);
                    case "maps, two steps" ->
                        new ConvolutionalListaLayer.Builder(3, 3).iterations(2).nOut(4);
                    case "places" ->
                        new LocallyConnectedListaLayer.Builder(3).iterations(2).nOut(2);
                    default -> new SparseCodingLayer.Builder().nOut(12);
                };
        return builder.penalty(new L1Penalty(0.1)).inputScaling(true);
    }

    private static MultiLayerNetwork network(SparseLayerBuilder<?> layer, String kind, IUpdater updater) {
        boolean images = kind.startsWith("maps") || kind.startsWith("places");
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .list()
                .layer((FeedForwardLayer) layer.build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(
                        images ? InputType.convolutional(SIDE, SIDE, 1) : InputType.feedForward((long) SIDE * SIDE))
                .build());
        net.init();
        return net;
    }

    private static DataSet data(String kind, double factor) {
        boolean images = kind.startsWith("maps") || kind.startsWith("places");
        INDArray x = Samples.gaussian(5, EXAMPLES, SIDE * SIDE).addi(0.3).muli(factor);
        return new DataSet(images ? x.reshape('c', EXAMPLES, 1, SIDE, SIDE) : x, Samples.oneHot(EXAMPLES, CLASSES));
    }

    private static UnsupervisedLayer first(MultiLayerNetwork net) {
        return (UnsupervisedLayer) net.getLayer(0);
    }

    static Stream<Arguments> trainings() {
        List<String> kinds = List.of("one step", "three steps", "tied", "maps", "maps, two steps", "places", "solver");
        return kinds.stream().flatMap(kind -> Stream.of(true, false)
                .flatMap(pretrained -> Stream.of(
                        Arguments.of(kind, pretrained, new Adam(1e-2)),
                        Arguments.of(kind, pretrained, new Sgd(1e-2)))));
    }

    private static MultiLayerNetwork trained(String kind, boolean pretrained, IUpdater updater, double factor) {
        SparseLayerBuilder<?> layer = layer(kind).unsupervisedWeight(pretrained ? 0 : 1);
        MultiLayerNetwork net = network(layer, kind, updater.clone());
        ViewIterator batches = new ViewIterator(data(kind, factor), 8);
        if (pretrained) {
            LayerwisePretrainer.builder().epochs(3).warmUp(2).build().fit(net, batches);
        } else {
            net.fit(batches, 3);
        }
        return net;
    }

    /** The whole training is that of the divided data, whatever they were multiplied by. */
    @ParameterizedTest
    @MethodSource("trainings")
    void trainingDoesNotDependOnTheScaleOfTheData(String kind, boolean pretrained, IUpdater updater) {
        MultiLayerNetwork plain = trained(kind, pretrained, updater, 1);
        INDArray code = first(plain).encode(data(kind, 1).getFeatures());
        assertTrue(code.norm2Number().doubleValue() > 0.1, "no code at all");
        double energy = first(plain).energy(data(kind, 1).getFeatures()).total();
        for (double factor : new double[] {255, 1e-3}) {
            INDArray x = data(kind, factor).getFeatures();
            MultiLayerNetwork net = trained(kind, pretrained, updater, factor);
            assertEquals(0, Samples.distance(code, first(net).encode(x)), 1e-6, "codes at " + factor);
            assertEquals(energy, first(net).energy(x).total(), 1e-7 * energy, "energy at " + factor);
            INDArray expected = first(plain).decode(code).mul(factor);
            assertEquals(0, Samples.distance(expected, first(net).decode(code)), 1e-6 * factor, "images at " + factor);
            assertEquals(
                    0,
                    Samples.distance(plain.output(data(kind, 1).getFeatures()), net.output(x)),
                    1e-6,
                    "outputs at " + factor);
        }
    }

    @Test
    void anAtomSeesInputsOfAMeanSquareOfOne() {
        MultiLayerNetwork net = trained("three steps", false, new Sgd(1e-3), 40);
        INDArray first = data("three steps", 40).getFeatures().get(NDArrayIndex.interval(0, 8));
        double expected = Math.sqrt(first.mul(first).sumNumber().doubleValue() / 8);
        assertEquals(expected, first(net).inputScale(), 1e-9 * expected);
    }

    @Test
    void withoutDataTheScaleIsOneAndInferenceMeasuresNothing() {
        MultiLayerNetwork net = network(layer("one step"), "one step", new Sgd(1e-3));
        INDArray x = data("one step", 7).getFeatures();
        net.output(x);
        first(net).encode(x);
        assertEquals(1, first(net).inputScale());
        assertTrue(first(net).awaitsData());
        net.fit(new DataSet(x.mul(0), Samples.oneHot(EXAMPLES, CLASSES)));
        assertTrue(first(net).awaitsData(), "a batch of zeros says nothing of the scale");
        net.fit(data("one step", 7));
        assertEquals(
                7,
                first(net).inputScale()
                        / trained("one step", false, new Sgd(0.1), 1)
                                .getLayer(0)
                                .getParam(InputScale.KEY)
                                .getDouble(0),
                0.5);
    }

    /** Without the option nothing is new: no parameter, no field that a saved network lacks. */
    @Test
    void isOffByDefault() {
        MultiLayerNetwork net =
                network(new ListaLayer.Builder().nOut(12).penalty(new L1Penalty(0.1)), "one step", new Sgd(1e-3));
        assertTrue(!net.getLayer(0).paramTable().containsKey(InputScale.KEY));
        assertEquals(1, first(net).inputScale());
        assertTrue(!first(net).awaitsData());
    }

    @Test
    void survivesFilesClonesAndANewHead() throws IOException {
        MultiLayerNetwork net = trained("three steps", true, new Adam(1e-3), 255);
        INDArray x = data("three steps", 255).getFeatures();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(net, bytes, true);
        MultiLayerNetwork read =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        MultiLayerNetwork headed = new TransferLearning.Builder(net)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build())
                .removeOutputLayer()
                .addLayer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(12)
                        .nOut(5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        INDArray code = first(net).encode(x);
        for (MultiLayerNetwork other : Arrays.asList(read, net.clone(), headed)) {
            assertEquals(first(net).inputScale(), first(other).inputScale());
            assertEquals(code, first(other).encode(x));
        }
        assertEquals(net.getLayerWiseConfigurations(), read.getLayerWiseConfigurations());
        read.fit(data("three steps", 1));
        assertEquals(first(net).inputScale(), first(read).inputScale(), "other data change nothing");
    }

    @Test
    void aDictionaryThatWasGivenStays() {
        MultiLayerNetwork net = network(layer("solver"), "solver", new Sgd(1e-12));
        INDArray dictionary = Samples.gaussian(8, SIDE * SIDE, 12);
        dictionary.diviRowVector(dictionary.norm2(0));
        first(net).startFrom(dictionary);
        assertTrue(!first(net).awaitsData());
        LayerwisePretrainer.builder().build().fit(net, new ViewIterator(data("solver", 9), 8));
        assertEquals(0, Samples.distance(dictionary, net.getLayer(0).getParam("D")), 1e-9);
        assertTrue(first(net).inputScale() > 9, "measured all the same");
    }

    /** What measures, cuts and converts a network knows of the scale. */
    @Test
    void toolsDivideToo() {
        INDArray x = data("one step", 255).getFeatures();
        MultiLayerNetwork net = trained("one step", true, new Adam(1e-2), 255);
        assertEquals(
                0, Samples.distance(net.output(x), StandardLayers.convert(net).output(x)), 1e-9);
        assertEquals(0, Samples.distance(net.output(x), Decoders.remove(net).output(x)), 1e-12);
        assertEquals(
                0,
                Samples.distance(
                        first(net).decode(first(net).encode(x)), first(net).reconstruct(x)),
                1e-9);
        MultiLayerNetwork half = UnitPruner.prune(net, 0, new int[] {0, 2, 4, 6, 8, 10});
        INDArray kept = first(net).encode(x).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 12));
        assertEquals(0, Samples.distance(kept, first(half).encode(x)), 1e-9);
    }

    @Test
    void constraintsOnAllParametersLeaveItAlone() {
        SparseLayerBuilder<?> layer = layer("three steps");
        layer.constrainAllParameters(new MaxNormConstraint(0.5, 1));
        MultiLayerNetwork net = network(layer, "three steps", new Sgd(1e-3));
        net.fit(data("three steps", 255));
        double scale = first(net).inputScale();
        assertTrue(scale > 100, "scale " + scale);
        net.fit(data("three steps", 255));
        assertEquals(scale, first(net).inputScale());
    }

    @ParameterizedTest
    @MethodSource("kindsOfVectors")
    void gradientsPassTheScale(String kind) {
        SparseLayerBuilder<?> layer = layer(kind).unsupervisedWeight(0.7);
        layer.nIn(5);
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .layer((FeedForwardLayer) layer.build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(12)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        INDArray x = Samples.gaussian(2, 6, 4);
        INDArray labels = Samples.oneHot(6, CLASSES);
        DataStart.of(net, new ViewIterator(new DataSet(x, labels), 6), 1);
        double scale = ((UnsupervisedLayer) net.getLayer(1)).inputScale();
        assertTrue(Math.abs(scale - 1) > 0.05, "a scale of 1 shows nothing: " + scale);
        assertTrue(GradientCheckUtil.checkGradients(new GradientCheckUtil.MLNConfig()
                .net(net)
                .input(x)
                .labels(labels)
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .exitOnFirstError(false)
                .excludeParams(Set.of("1_" + InputScale.KEY))));
    }

    static Stream<String> kindsOfVectors() {
        return Stream.of("one step", "three steps");
    }
}
