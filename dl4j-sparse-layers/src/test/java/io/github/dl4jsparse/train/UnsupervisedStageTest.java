package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

@ExtendWith(DoublePrecision.class)
class UnsupervisedStageTest {
    private static final CNN2DFormat FORMAT = CNN2DFormat.NCHW;
    private static final int EPOCHS = 3;

    /** Every layer that has an unsupervised loss, with one of its options each. */
    enum Stage {
        DENSE(() -> new ListaLayer.Builder()
                .iterations(3)
                .penalty(new L1Penalty(0.02))
                .unsupervisedWeight(0.5)
                .l2(0.01)
                .nOut(6)
                .build()),
        DENSE_WITHOUT_LOSS_IN_FIT(() -> new ListaLayer.Builder()
                .iterations(1)
                .gain(true)
                .penalty(new GroupL2Penalty(0.05, Groups.blocks(6, 2)))
                .nOut(6)
                .build()),
        CONVOLUTIONAL(() -> TrainedStacks.stage(2, FORMAT).build()),
        CHANNELS_LAST(() -> TrainedStacks.stage(2, CNN2DFormat.NHWC).build()),
        LOCALLY_CONNECTED(() -> new LocallyConnectedListaLayer.Builder(3)
                .iterations(2)
                .penalty(new L1Penalty(0.02))
                .nOut(2)
                .build()),
        SPARSE_CODING(() -> new SparseCodingLayer.Builder()
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(2)
                .nOut(6)
                .build());

        private final Supplier<Layer> layer;

        Stage(Supplier<Layer> layer) {
            this.layer = layer;
        }

        CNN2DFormat format() {
            return this == CHANNELS_LAST ? CNN2DFormat.NHWC : FORMAT;
        }
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.02));
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static MultiLayerNetwork network(Layer layer, InputType inputs) {
        MultiLayerNetwork net = new MultiLayerNetwork(settings()
                .list()
                .layer(layer)
                .layer(output())
                .setInputType(inputs)
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph(Layer layer, InputType inputs) {
        ComputationGraph graph = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(inputs)
                .addLayer("code", layer, "in")
                .addLayer("out", output(), "code")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    private static MultiLayerNetwork dense(int units) {
        return network(
                new ListaLayer.Builder()
                        .penalty(new L1Penalty(0.02))
                        .nOut(units)
                        .build(),
                TrainedStacks.input(FORMAT));
    }

    private static DataSetIterator data(CNN2DFormat format) {
        List<DataSet> batches = new ArrayList<>();
        for (long seed = 20; seed < 24; seed++) {
            batches.add(new DataSet(TrainedStacks.images(format, seed), Samples.oneHot(5, 3)));
        }
        return new ListDataSetIterator<>(batches, 1);
    }

    /** All passes in the order of the data, as {@code fit()} has them. */
    private static LayerwisePretrainer pretrainer() {
        return LayerwisePretrainer.builder().epochs(EPOCHS).memoryBudget(0).build();
    }

    private static MultiLayerNetwork trained(UnsupervisedStage stage, CNN2DFormat format) {
        MultiLayerNetwork alone = stage.network();
        alone.fit(stage.inputs(data(format)), EPOCHS);
        return alone;
    }

    @ParameterizedTest
    @EnumSource
    void fitEndsWherePretrainingDoes(Stage stage) {
        MultiLayerNetwork net = network(stage.layer.get(), TrainedStacks.input(stage.format()));
        MultiLayerNetwork oracle = net.clone();
        INDArray before = net.params().dup();
        UnsupervisedStage unsupervised = UnsupervisedStage.of(net, 0);
        unsupervised.copyBack(trained(unsupervised, stage.format()));
        pretrainer().fit(oracle, data(stage.format()));
        assertEquals(0, Samples.distance(oracle.params(), net.params()), 1e-10);
        assertTrue(Samples.distance(before, net.params()) > 1e-3);
        assertEquals(4 * EPOCHS, net.getLayerWiseConfigurations().getConf(0).getIterationCount());
        assertEquals(EPOCHS, net.getLayer(0).conf().getEpochCount());
    }

    @ParameterizedTest
    @EnumSource
    void fitEndsWherePretrainingDoesInGraphs(Stage stage) {
        ComputationGraph graph = graph(stage.layer.get(), TrainedStacks.input(stage.format()));
        ComputationGraph oracle = graph.clone();
        UnsupervisedStage unsupervised = UnsupervisedStage.of(graph, "code");
        unsupervised.copyBack(trained(unsupervised, stage.format()));
        pretrainer().fit(oracle, data(stage.format()));
        assertEquals(0, Samples.distance(oracle.params(), graph.params()), 1e-10);
    }

    @Test
    void stacksAreTrainedStageByStage() {
        Layer[] layers = TrainedStacks.layers(2, FORMAT, Groups.blocks(4, 2), 1e-8);
        MultiLayerNetwork net = TrainedStacks.network(FORMAT, layers);
        ComputationGraph graph = TrainedStacks.graph(FORMAT, layers);
        graph.setParams(net.params());
        MultiLayerNetwork oracle = net.clone();
        INDArray updater = net.getUpdater().getStateViewArray().dup();
        int iterations = net.getIterationCount();
        for (int layer : new int[] {0, 3, 5}) {
            RunningStatistics.estimateBelow(net, layer, data(FORMAT));
            UnsupervisedStage stage = UnsupervisedStage.of(net, layer);
            stage.copyBack(trained(stage, FORMAT));
            RunningStatistics.estimateBelow(graph, "layer" + layer, new MultiDataSetIteratorAdapter(data(FORMAT)));
            UnsupervisedStage vertex = UnsupervisedStage.of(graph, "layer" + layer);
            vertex.copyBack(trained(vertex, FORMAT));
        }
        pretrainer().fit(oracle, data(FORMAT));
        assertEquals(0, Samples.distance(oracle.params(), net.params()), 1e-10);
        assertEquals(0, Samples.distance(oracle.params(), graph.params()), 1e-10);
        assertEquals(updater, net.getUpdater().getStateViewArray());
        assertEquals(iterations, net.getIterationCount());
        net.fit(data(FORMAT));
    }

    @ParameterizedTest
    @EnumSource
    void theScoreIsTheEnergy(Stage stage) {
        MultiLayerNetwork net = network(stage.layer.get(), TrainedStacks.input(stage.format()));
        UnsupervisedStage unsupervised = UnsupervisedStage.of(net, 0);
        DataSet input = unsupervised.input(TrainedStacks.images(stage.format(), 8));
        MultiLayerNetwork alone = unsupervised.network();
        double energy = ((UnsupervisedLayer) net.getLayer(0))
                .energy(input.getFeatures())
                .total();
        double decay = stage == Stage.DENSE ? l2(net) : 0;
        assertEquals(energy + decay, alone.score(input), 1e-9);
    }

    /** What the regularisation of {@link Stage#DENSE} adds: on weights, not on thresholds. */
    private static double l2(MultiLayerNetwork net) {
        double sum = 0;
        for (INDArray weights : net.getLayer(0).paramTable(false).values()) {
            sum += weights.size(0) > 1 ? 0.01 / 2 * Samples.dot(weights, weights) : 0;
        }
        return sum;
    }

    @Test
    void theNetworkIsACopy() {
        MultiLayerNetwork net = dense(6);
        INDArray before = net.params().dup();
        trained(UnsupervisedStage.of(net, 0), FORMAT);
        assertEquals(before, net.params());
    }

    @Test
    void theNetworkIsSavedAndRead() throws IOException {
        MultiLayerNetwork net = network(Stage.CONVOLUTIONAL.layer.get(), TrainedStacks.input(FORMAT));
        UnsupervisedStage stage = UnsupervisedStage.of(net, 0);
        MultiLayerNetwork alone = trained(stage, FORMAT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(alone, bytes, true);
        MultiLayerNetwork back =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()), true);
        assertEquals(alone.getLayerWiseConfigurations(), back.getLayerWiseConfigurations());
        stage.copyBack(back);
        assertEquals(alone.getLayer(0).params(), net.getLayer(0).params());
        assertEquals(4 * EPOCHS, net.getLayer(0).conf().getIterationCount());
    }

    @Test
    void theNetworkIsAGraphToo() {
        UnsupervisedStage stage =
                UnsupervisedStage.of(network(Stage.CONVOLUTIONAL.layer.get(), TrainedStacks.input(FORMAT)), 0);
        ComputationGraph graph = stage.network().toComputationGraph();
        graph.fit(stage.inputs(data(FORMAT)), EPOCHS);
        assertEquals(0, Samples.distance(trained(stage, FORMAT).params(), graph.params()), 1e-10);
    }

    @Test
    void labelsMayBeAnyMatrix() {
        UnsupervisedStage stage =
                UnsupervisedStage.of(network(Stage.CONVOLUTIONAL.layer.get(), TrainedStacks.input(FORMAT)), 0);
        MultiLayerNetwork zeros = stage.network();
        MultiLayerNetwork features = stage.network();
        MultiLayerNetwork classes = stage.network();
        INDArray x = TrainedStacks.images(FORMAT, 8);
        zeros.fit(stage.input(x));
        features.fit(new DataSet(x, x.reshape(5, 84)));
        classes.fit(new DataSet(x, Samples.oneHot(5, 3)));
        assertEquals(zeros.params(), features.params());
        assertEquals(zeros.params(), classes.params());
    }

    @Test
    void inputsOfThePass() {
        UnsupervisedStage stage = UnsupervisedStage.of(dense(6), 0);
        DataSetIterator inputs = stage.inputs(data(FORMAT));
        assertTrue(inputs.resetSupported());
        assertFalse(inputs.asyncSupported());
        inputs.setPreProcessor(batch -> batch.setLabels(batch.getLabels().add(1)));
        DataSet batch = inputs.next();
        assertEquals(Samples.gaussian(0, 5, 1).muli(0).addi(1), batch.getLabels());
        assertEquals(2, batch.getFeatures().rank());
        assertThrows(UnsupportedOperationException.class, inputs::batch);
    }

    private static String refusal(Runnable code) {
        return assertThrows(IllegalArgumentException.class, code::run).getMessage();
    }

    @Test
    void refusesLayersWithoutSuchALoss() {
        MultiLayerNetwork net = network(new AutoEncoder.Builder().nOut(4).build(), InputType.feedForward(5));
        assertEquals(
                "layer \"layer0\" must be one with an unsupervised loss in fit(), got AutoEncoder",
                refusal(() -> UnsupervisedStage.of(net, 0)));
        assertEquals("layer must be one that can be pre-trained, got 1", refusal(() -> UnsupervisedStage.of(net, 1)));
    }

    @Test
    void refusesNetworksThatDoNotFitAndCopiesNothing() {
        MultiLayerNetwork net = dense(6);
        INDArray before = net.params().dup();
        UnsupervisedStage stage = UnsupervisedStage.of(net, 0);
        MultiLayerNetwork wider = UnsupervisedStage.of(dense(7), 0).network();
        String shapes = refusal(() -> stage.copyBack(wider));
        assertTrue(shapes.startsWith("trained must be a network with \""), shapes);
        assertTrue(shapes.contains("as layer \"layer0\" (ListaLayerImpl), got ["), shapes);
        MultiLayerNetwork convolutional = UnsupervisedStage.of(
                        network(Stage.CONVOLUTIONAL.layer.get(), TrainedStacks.input(FORMAT)), 0)
                .network();
        assertEquals(
                "trained must be the network of layer \"layer0\" (ListaLayerImpl), got 2 layers, the first a "
                        + "ConvolutionalListaLayerImpl",
                refusal(() -> stage.copyBack(convolutional)));
        MultiLayerNetwork gained = UnsupervisedStage.of(
                        network(Stage.DENSE_WITHOUT_LOSS_IN_FIT.layer.get(), TrainedStacks.input(FORMAT)), 0)
                .network();
        String parameters = refusal(() -> stage.copyBack(gained));
        assertTrue(parameters.startsWith("trained must be a network with the parameters ["), parameters);
        assertEquals("trained must be given, got null", refusal(() -> stage.copyBack(null)));
        assertEquals(before, net.params());
    }

    @Test
    void aConfigurationWithTheLossDiffersInNothingElse() {
        ConvolutionalListaLayer layer = TrainedStacks.stage(2, FORMAT).build();
        assertEquals(TrainedStacks.stage(2, FORMAT).unsupervisedWeight(1).build(), layer.withUnsupervisedWeight(1));
        assertEquals(0.1, layer.getUnsupervisedWeight());
        assertEquals(
                "unsupervisedWeight must be finite and >= 0, got -1.0",
                refusal(() -> layer.withUnsupervisedWeight(-1)));
    }
}
