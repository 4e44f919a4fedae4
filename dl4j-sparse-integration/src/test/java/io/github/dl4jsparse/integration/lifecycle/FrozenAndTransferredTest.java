package io.github.dl4jsparse.integration.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsparse.integration.EveryLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Trained layers are frozen, moved below another head, and trained on with other settings. */
class FrozenAndTransferredTest {
    @BeforeEach
    void graphsOfTransferLearningHaveTheDefaultType() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    private static DataSet single(EveryLayer layer) {
        DataSet data = layer.data(9, 1);
        return new DataSet(
                data.getFeatures().castTo(DataType.FLOAT), data.getLabels().castTo(DataType.FLOAT));
    }

    private static void train(NeuralNetwork net, DataSet data, int iterations) {
        for (int i = 0; i < iterations; i++) {
            net.fit(data);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrozenNetworkKeepsItsCodeAndTrainsItsHead(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        int last = net.getnLayers() - 2;
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(net).setFeatureExtractor(last).build();
        INDArray x = layer.inputs(9, 1);
        INDArray code = net.feedForwardToLayer(last, x).get(last + 1);
        INDArray head = frozen.getOutputLayer().params().dup();
        train(frozen, layer.data(9, 1), 3);
        assertEquals(code, frozen.feedForwardToLayer(last, x).get(last + 1));
        assertNotEquals(head, frozen.getOutputLayer().params());
    }

    @ParameterizedTest
    @EnumSource
    void aFrozenGraphKeepsItsCodeAndTrainsItsHead(EveryLayer layer) {
        ComputationGraph net = layer.graph(EveryLayer.settings().dataType(DataType.FLOAT));
        String last = "layer" + (layer.layers().length - 1);
        ComputationGraph frozen =
                new TransferLearning.GraphBuilder(net).setFeatureExtractor(last).build();
        DataSet data = single(layer);
        INDArray code = net.feedForward(data.getFeatures(), false).get(last);
        INDArray head = frozen.getLayer("out").params().dup();
        train(frozen, data, 3);
        assertEquals(
                0,
                Samples.distance(
                        code, frozen.feedForward(data.getFeatures(), false).get(last)));
        assertNotEquals(head, frozen.getLayer("out").params());
    }

    @ParameterizedTest
    @EnumSource
    void anotherHeadLearnsOtherClasses(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        assumeTrue(
                net.numParams() > net.getOutputLayer().numParams(),
                "DL4J 1.0.0-M2.1 removes no output layer from layers without any parameters");
        int codeSize = (int) net.getOutputLayer().getParam("W").size(0);
        MultiLayerNetwork changed = new TransferLearning.Builder(net)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.005))
                        .l2(1e-4)
                        .build())
                .removeOutputLayer()
                .addLayer(new OutputLayer.Builder()
                        .nIn(codeSize)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
        for (org.deeplearning4j.nn.api.Layer each : changed.getLayers()) {
            if (each.conf().getLayer() instanceof BaseLayer settings) {
                assertEquals(new Sgd(0.005), settings.getIUpdater());
            }
        }
        DataSet data = new DataSet(layer.inputs(9, 1), Samples.oneHot(9, 2));
        double before = changed.score(data);
        train(changed, data, 20);
        assertTrue(changed.score(data) < before, () -> changed.score(data) + " after " + before);
    }

    @ParameterizedTest
    @EnumSource
    void featurisedDataTrainTheHeadAsTheWholeNetworkDoes(EveryLayer layer) {
        MultiLayerNetwork net = layer.network();
        int last = net.getnLayers() - 2;
        assumeTrue(
                net.getLayerWiseConfigurations().getInputPreProcess(last + 1) == null,
                "DL4J 1.0.0-M2.1 loses the preprocessor between frozen maps and the head");
        TransferLearningHelper helper = new TransferLearningHelper(net.clone(), last);
        DataSet data = layer.data(9, 1);
        DataSet features = helper.featurize(data);
        helper.fitFeaturized(features);
        MultiLayerNetwork frozen =
                new TransferLearning.Builder(net).setFeatureExtractor(last).build();
        frozen.fit(data);
        assertEquals(
                0,
                Samples.distance(
                        frozen.getOutputLayer().params(),
                        helper.unfrozenMLN().getOutputLayer().params()),
                1e-10);
    }

    /** Every layer below the classifier in DL4J's wrapper. */
    private static MultiLayerNetwork wrapped(EveryLayer layer) {
        NeuralNetConfiguration.ListBuilder list = EveryLayer.settings().list();
        for (Layer each : layer.layers()) {
            list.layer(new FrozenLayer.Builder().layer(each).build());
        }
        MultiLayerNetwork net = new MultiLayerNetwork(list.layer(EveryLayer.classifier())
                .setInputType(layer.inputType())
                .build());
        net.init();
        return net;
    }

    @ParameterizedTest
    @EnumSource
    void theFrozenWrapperKeepsParametersInTraining(EveryLayer layer) {
        MultiLayerNetwork net = wrapped(layer);
        INDArray x = layer.inputs(9, 1);
        int last = net.getnLayers() - 2;
        INDArray code = net.feedForwardToLayer(last, x).get(last + 1);
        INDArray head = net.getOutputLayer().params().dup();
        train(net, layer.data(9, 1), 3);
        assertEquals(code, net.feedForwardToLayer(last, x).get(last + 1));
        assertNotEquals(head, net.getOutputLayer().params());
    }

    @ParameterizedTest
    @EnumSource
    void pretrainingPassesOverFrozenLayers(EveryLayer layer) {
        MultiLayerNetwork net = wrapped(layer);
        INDArray before = net.params().dup();
        LayerwisePretrainer pretrainer = LayerwisePretrainer.builder().build();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> pretrainer.fit(
                        net, new ListDataSetIterator<>(layer.data(8, 1).asList(), 4)));
        assertTrue(e.getMessage().contains("at least one layer that can be pre-trained"), e.getMessage());
        assertEquals(before, net.params());
    }
}
