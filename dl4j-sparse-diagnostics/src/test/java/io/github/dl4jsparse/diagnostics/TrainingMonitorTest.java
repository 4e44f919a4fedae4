package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.CapturedLog;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class TrainingMonitorTest {
    private static final int INPUTS = 6;
    private static final int BATCHES = 5;
    private static final INDArray PROBE = features(99, 17);

    private static INDArray features(long seed, int rows) {
        return Samples.gaussian(DataType.FLOAT, seed, rows, INPUTS);
    }

    private static DataSet batch(int seed, boolean masked) {
        DataSet batch = new DataSet(features(seed, 8), Samples.oneHot(8, 3).castTo(DataType.FLOAT));
        if (masked) {
            INDArray mask = Nd4j.ones(DataType.FLOAT, 8, 1);
            mask.putScalar(3, 0, 0);
            batch.setFeaturesMaskArray(mask);
            batch.setLabelsMaskArray(mask.dup());
        }
        return batch;
    }

    private static DataSetIterator data(boolean masked) {
        List<DataSet> batches = Stream.iterate(0, i -> i + 1)
                .limit(BATCHES)
                .map(i -> batch(i, masked))
                .toList();
        return new ListDataSetIterator<>(batches, 8) {
            private static final long serialVersionUID = 1;
            private int next;

            @Override
            public boolean hasNext() {
                return next < BATCHES;
            }

            @Override
            public DataSet next() {
                return batches.get(next++);
            }

            @Override
            public void reset() {
                next = 0;
            }
        };
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder().seed(5).updater(new Adam(0.02));
    }

    /** Dropout and weight noise draw from the one generator that DL4J has. */
    private static ListaLayer first() {
        return new ListaLayer.Builder()
                .name("first")
                .nOut(9)
                .iterations(3)
                .unsupervisedWeight(1)
                .penalty(new L1Penalty(0.1))
                .dropOut(0.8)
                .weightNoise(new DropConnect(0.9))
                .build();
    }

    private static ListaLayer second() {
        return new ListaLayer.Builder()
                .name("second")
                .nOut(6)
                .shrinkage(Shrinkage.SOFT)
                .iterations(2)
                .unsupervisedWeight(0.5)
                .penalty(new GroupL2Penalty(0.05, Groups.blocks(6, 2)))
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build();
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork net = new MultiLayerNetwork(settings()
                .list()
                .layer(first())
                .layer(second())
                .layer(output())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(INPUTS))
                .addLayer("first", first(), "in")
                .addLayer("second", second(), "first")
                .addLayer("out", output(), "second")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    static Stream<AnyNetwork> networks() {
        return Stream.of(new AnyNetwork.Stack(network()), new AnyNetwork.Graph(graph()));
    }

    private static AnyNetwork twin(AnyNetwork net) {
        return net instanceof AnyNetwork.Stack ? new AnyNetwork.Stack(network()) : new AnyNetwork.Graph(graph());
    }

    private static UnsupervisedLayer layer(AnyNetwork net, int index) {
        Layer[] layers = ((NeuralNetwork) net.model()) instanceof MultiLayerNetwork network
                ? network.getLayers()
                : ((ComputationGraph) net.model()).getLayers();
        return (UnsupervisedLayer) layers[index];
    }

    private static void fit(AnyNetwork net, boolean masked, TrainingListener... listeners) {
        NeuralNetwork trained = (NeuralNetwork) net.model();
        net.model().setListeners(listeners);
        Nd4j.getRandom().setSeed(11);
        for (int epoch = 0; epoch < 2; epoch++) {
            trained.fit(data(masked));
        }
    }

    private static void assertSame(AnyNetwork expected, AnyNetwork net) {
        assertEquals(expected.params(), net.params());
        assertEquals(expected.updaterState(), net.updaterState());
        assertEquals(expected.model().score(), net.model().score());
        for (int i = 0; i < 2; i++) {
            assertEquals(layer(expected, i).lastEnergy(), layer(net, i).lastEnergy());
            INDArray inputs = i == 0 ? PROBE : layer(expected, 0).encode(PROBE);
            assertEquals(layer(expected, i).encode(inputs), layer(net, i).encode(inputs));
        }
    }

    @Test
    void layersWithoutDecoderAreNamedOnce() {
        MultiLayerNetwork net = Decoders.remove(network());
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).everyUpdates(1).build();
        try (CapturedLog log = new CapturedLog()) {
            net.setListeners(monitor);
            net.fit(data(false), 2);
            assertEquals(
                    List.of("not measured, as they have no decoder: [first, second]; to watch them in fine-tuning too,"
                            + " fine-tune the network before Decoders.remove"),
                    log.warnings());
        }
        assertEquals(List.of(), monitor.history().points());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void leavesTrainingTheSameToTheLastBit(AnyNetwork net) {
        for (boolean masked : new boolean[] {false, true}) {
            AnyNetwork alone = twin(net);
            AnyNetwork watched = twin(net);
            fit(alone, masked);
            fit(
                    watched,
                    masked,
                    TrainingMonitor.builder(PROBE)
                            .everyUpdates(1)
                            .excessEvery(1)
                            .build());
            assertSame(alone, watched);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void leavesPretrainingTheSameToTheLastBit(AnyNetwork alone) {
        AnyNetwork watched = twin(alone);
        TrainingMonitor monitor =
                TrainingMonitor.builder(PROBE).everyUpdates(1).excessEvery(1).build();
        pretrain(alone, LayerwisePretrainer.builder());
        pretrain(watched, LayerwisePretrainer.builder().listener(monitor.pretraining(watched.model())));
        assertSame(alone, watched);
        assertEquals(2 * 3 * BATCHES, monitor.history().points().size());
    }

    private static void pretrain(AnyNetwork net, LayerwisePretrainer.Builder builder) {
        Nd4j.getRandom().setSeed(11);
        LayerwisePretrainer pretrainer = builder.epochs(3).seed(4).build();
        if (net.model() instanceof MultiLayerNetwork network) {
            pretrainer.fit(network, data(false));
        } else {
            pretrainer.fit((ComputationGraph) net.model(), data(false));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void measuresWhatTheLayersOfTheNetworkAre(AnyNetwork net) {
        TrainingMonitor monitor =
                TrainingMonitor.builder(PROBE).everyUpdates(5).excessEvery(1).build();
        fit(net, false, monitor);
        TrainingHistory history = monitor.history();
        assertEquals(2, history.layers().size());
        INDArray inputs = PROBE;
        for (int i = 0; i < 2; i++) {
            TrainingPoint last = history.last(history.layers().get(i)).orElseThrow();
            assertEquals(2 * BATCHES, last.updates());
            // the constraints are applied after the listener is told: the copy must have them
            LayerMeasurement expected = LayerMeasurement.of(layer(net, i), inputs);
            assertEquals(expected, last.measurement());
            assertTrue(expected.coherence() > 0, expected.toString());
            inputs = layer(net, i).encode(inputs);
        }
        assertEquals(
                Double.NaN,
                history.last(history.layers().get(0))
                        .orElseThrow()
                        .measurement()
                        .meanActiveGroups());
    }

    @Test
    void measuresBeforeTheFirstUpdateThenEverySoManyAndAtEndsOfEpochs() {
        TrainingMonitor monitor =
                TrainingMonitor.builder(PROBE).everyUpdates(2).excessEvery(3).build();
        fit(new AnyNetwork.Stack(network()), false, monitor);
        List<TrainingPoint> points = monitor.history().points("first");
        assertEquals(
                List.of(0L, 2L, 4L, 5L, 6L, 8L, 10L),
                points.stream().map(TrainingPoint::updates).toList());
        assertEquals(
                List.of(0, 0, 0, 1, 1, 1, 1),
                points.stream().map(TrainingPoint::epochs).toList());
        assertEquals(
                List.of(true, false, false, true, false, false, true),
                points.stream()
                        .map(point -> !Double.isNaN(point.measurement().excess()))
                        .toList());
        assertNotEquals(points.get(0).measurement(), points.get(1).measurement());
        assertEquals(List.of("first", "second"), monitor.history().layers());
    }

    @Test
    void tellsOfEveryPointAsItIsMeasured() {
        List<TrainingPoint> told = new ArrayList<>();
        TrainingMonitor monitor =
                TrainingMonitor.builder(PROBE).onPoint(told::add).build();
        fit(new AnyNetwork.Stack(network()), false, monitor);
        assertEquals(6, told.size());
        assertEquals(monitor.history().points(), told);
    }

    @Test
    void countsPretrainingAndFittingOfALayerTogether() {
        MultiLayerNetwork net = network();
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).build();
        monitor.measureNow(net);
        LayerwisePretrainer.builder()
                .epochs(2)
                .listener(monitor.pretraining(net))
                .build()
                .fit(net, data(false));
        UnsupervisedLayer second = (UnsupervisedLayer) net.getLayer(1);
        assertEquals(
                LayerMeasurement.withoutExcess(second, ((UnsupervisedLayer) net.getLayer(0)).encode(PROBE)),
                monitor.history().last("second").orElseThrow().measurement());
        fit(new AnyNetwork.Stack(net), false, monitor);
        assertEquals(
                List.of(0L, 5L, 10L, 15L, 20L),
                monitor.history().points("second").stream()
                        .map(TrainingPoint::updates)
                        .toList());
        assertEquals(
                List.of(0, 1, 2, 3, 4),
                monitor.history().points("second").stream()
                        .map(TrainingPoint::epochs)
                        .toList());
        assertEquals(
                List.of(false, true, true, false, false),
                monitor.history().points("first").stream()
                        .map(TrainingPoint::pretraining)
                        .toList());
    }

    @Test
    void goesOnMeasuringWhereTrainingDiverges() {
        MultiLayerNetwork net = network();
        net.getLayer(0).getParam("D").putScalar(2, 3, Float.NaN);
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).build();
        monitor.measureNow(net);
        LayerMeasurement measured =
                monitor.history().last("first").orElseThrow().measurement();
        assertFalse(Double.isFinite(measured.energy().total()));
        assertEquals(Double.NaN, measured.excess());
    }

    @Test
    void namesTheLayerAndTheNumbersInTheLog() {
        MultiLayerNetwork net = network();
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).excessEvery(0).build();
        monitor.measureNow(net);
        String first = monitor.history().last("first").orElseThrow().text();
        String second = monitor.history().last("second").orElseThrow().text();
        assertTrue(first.startsWith("layer first, update 0, epoch 0: energy "), first);
        assertFalse(first.contains("active groups") || first.contains("excess") || first.contains("NaN"), first);
        assertTrue(second.contains("active groups"), second);
    }

    @Test
    void leavesOutWhatDl4jTellsOfALayerWithoutItsNetwork() {
        MultiLayerNetwork net = network();
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).everyUpdates(1).build();
        net.setListeners(monitor);
        net.pretrainLayer(0, data(false));
        assertTrue(monitor.history().points().isEmpty());
    }

    @Test
    void refusesWhatCanNotBeMeasured() {
        assertThrows(IllegalArgumentException.class, () -> TrainingMonitor.builder(PROBE)
                .onPoint(null));
        assertThrows(IllegalArgumentException.class, TrainingMonitor::builder);
        assertThrows(IllegalArgumentException.class, () -> TrainingMonitor.builder(PROBE, null));
        TrainingMonitor.Builder builder = TrainingMonitor.builder(PROBE);
        assertThrows(IllegalArgumentException.class, () -> builder.everyUpdates(0));
        assertThrows(IllegalArgumentException.class, () -> builder.excessEvery(-1));
        assertThrows(
                IllegalArgumentException.class, () -> builder.epochEnds(false).build());
        TrainingMonitor monitor = TrainingMonitor.builder(PROBE).build();
        assertThrows(IllegalArgumentException.class, () -> monitor.measureNow(null));
        assertThrows(IllegalArgumentException.class, () -> monitor.pretraining(null));
        MultiLayerNetwork net = network();
        assertThrows(IllegalArgumentException.class, () -> monitor.measureNow(net.getLayer(0)));
    }

    @Test
    void copiesTheProbe() {
        INDArray probe = PROBE.dup();
        TrainingMonitor monitor = TrainingMonitor.builder(probe).build();
        probe.assign(0);
        MultiLayerNetwork net = network();
        monitor.measureNow(net);
        assertEquals(
                LayerMeasurement.of((UnsupervisedLayer) net.getLayer(0), PROBE),
                monitor.history().last("first").orElseThrow().measurement());
    }
}
