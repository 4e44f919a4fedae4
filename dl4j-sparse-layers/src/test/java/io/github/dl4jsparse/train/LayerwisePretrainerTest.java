package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class LayerwisePretrainerTest {
    private static final int INPUTS = 12;

    @TempDir
    private Path directory;

    private static INDArray features(int n) {
        // samples of a sparse model, so that there is something to learn
        INDArray atoms = Samples.gaussian(DataType.FLOAT, 3, 6, INPUTS);
        INDArray codes = Samples.gaussian(DataType.FLOAT, 4, n, 6);
        codes.muli(codes.gt(0.8).castTo(DataType.FLOAT));
        INDArray x = codes.mmul(atoms);
        return x.addi(Samples.gaussian(DataType.FLOAT, 5, n, INPUTS).muli(0.05));
    }

    private static DataSetIterator data(int n, int batch) {
        DataSet all = new DataSet(features(n), Samples.oneHot(n, 3).castTo(DataType.FLOAT));
        return new ListDataSetIterator<>(all.asList(), batch);
    }

    private static ListaLayer.Builder lista(int units) {
        return new ListaLayer.Builder().nOut(units).iterations(3).penalty(new L1Penalty(0.05));
    }

    /** Two auto-encoders of the same width with a dense layer between: a wrong input would not show in the shapes. */
    private static MultiLayerNetwork stack(IUpdater updater) {
        DenseLayer between = new DenseLayer.Builder()
                .nOut(INPUTS)
                .activation(Activation.TANH)
                .build();
        return Networks.classifier(
                updater,
                INPUTS,
                3,
                lista(INPUTS).name("lower").build(),
                between,
                lista(INPUTS).name("upper").build());
    }

    private static ComputationGraph graph(IUpdater updater) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .graphBuilder()
                .addInputs("in")
                .addLayer("lower", lista(INPUTS).build(), "in")
                .addLayer(
                        "between",
                        new DenseLayer.Builder()
                                .nOut(INPUTS)
                                .activation(Activation.TANH)
                                .build(),
                        "lower")
                .addLayer("upper", lista(INPUTS).build(), "between")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "upper")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(INPUTS))
                .build());
        graph.init();
        return graph;
    }

    private static double energy(MultiLayerNetwork net, int layer) {
        INDArray x = features(64);
        INDArray input =
                layer == 0 ? x : net.feedForwardToLayer(layer - 1, x, false).get(layer);
        return ((UnsupervisedLayer) net.getLayer(layer)).energy(input).total();
    }

    private static final class Record implements PretrainListener {
        private final List<PretrainProgress> batches = new ArrayList<>();
        private final List<PretrainProgress> epochs = new ArrayList<>();

        @Override
        public void batchDone(PretrainProgress progress) {
            batches.add(progress);
        }

        @Override
        public void epochDone(PretrainProgress progress) {
            epochs.add(progress);
        }
    }

    @Test
    void everyLayerDescendsOnTheOutputOfTheLayersBelow() {
        MultiLayerNetwork net = stack(new Adam(5e-3));
        double lower = energy(net, 0);
        INDArray between = net.getLayer(1).params().dup();
        LayerwisePretrainer.builder().epochs(15).build().fit(net, data(64, 16));
        assertTrue(energy(net, 0) < 0.7 * lower, "lower: " + lower + " -> " + energy(net, 0));
        MultiLayerNetwork onlyLower = stack(new Adam(5e-3));
        onlyLower.getLayer(0).setParams(net.getLayer(0).params().dup());
        double upper = energy(onlyLower, 2);
        assertTrue(energy(net, 2) < 0.7 * upper, "upper: " + upper + " -> " + energy(net, 2));
        assertEquals(between, net.getLayer(1).params(), "layers in between are left alone");
    }

    @Test
    void graphAndNetworkLearnTheSame() {
        MultiLayerNetwork net = stack(new Sgd(0.05));
        ComputationGraph graph = graph(new Sgd(0.05));
        graph.setParams(net.params().dup());
        LayerwisePretrainer.builder().epochs(3).build().fit(net, data(64, 16));
        LayerwisePretrainer.builder().epochs(3).build().fit(graph, data(64, 16));
        assertEquals(0, Samples.distance(net.params(), graph.params()), 1e-6);
    }

    @Test
    void firstLayerLearnsAsWithDl4jsOwnPretrain() {
        MultiLayerNetwork ours = stack(new Adam(1e-3));
        MultiLayerNetwork theirs = stack(new Adam(1e-3));
        LayerwisePretrainer.builder().epochs(2).build().fit(ours, data(64, 16));
        theirs.pretrainLayer(0, data(64, 16));
        theirs.pretrainLayer(0, data(64, 16));
        assertEquals(
                0,
                Samples.distance(ours.getLayer(0).params(), theirs.getLayer(0).params()),
                1e-6);
    }

    @Test
    void networkIsReadyForFit() {
        MultiLayerNetwork net = stack(new Adam(1e-3));
        LayerwisePretrainer.builder().epochs(2).build().fit(net, data(64, 16));
        assertEquals(0, net.getIterationCount());
        assertEquals(0, net.getEpochCount());
        assertEquals(2, net.getLayer(0).conf().getEpochCount());
        assertEquals(8, net.getLayer(2).conf().getIterationCount());
        assertEquals(0, net.getUpdater().getStateViewArray().norm1Number().doubleValue(), "updater state is untouched");
        double before =
                net.score(new DataSet(features(64), Samples.oneHot(64, 3).castTo(DataType.FLOAT)));
        net.fit(data(64, 16), 20);
        double after = net.score(new DataSet(features(64), Samples.oneHot(64, 3).castTo(DataType.FLOAT)));
        assertTrue(after < before, before + " -> " + after);
    }

    @Test
    void inputsThatDoNotFitTheBudgetGiveTheSame() {
        MultiLayerNetwork kept = stack(new Sgd(0.05));
        MultiLayerNetwork streamed = stack(new Sgd(0.05));
        // one batch, so that the order in which kept batches come does not matter
        LayerwisePretrainer.builder().epochs(4).build().fit(kept, data(64, 64));
        LayerwisePretrainer.builder().epochs(4).memoryBudget(0).build().fit(streamed, data(64, 64));
        assertEquals(0, Samples.distance(kept.params(), streamed.params()), 1e-6);
    }

    @Test
    void aStageReadsTheDataOnceWhereItsInputsAreKept() {
        int[] passes = new int[1];
        DataSetIterator counting = new ListDataSetIterator<>(new DataSet(features(64), features(64)).asList(), 16) {
            private static final long serialVersionUID = 1;

            @Override
            public void reset() {
                passes[0]++;
                super.reset();
            }
        };
        LayerwisePretrainer.builder().epochs(7).build().fit(stack(new Sgd(0.05)), counting);
        assertEquals(7 + 1, passes[0], "7 for the first layer, 1 for the second");
    }

    @Test
    void listenersAreToldWhereItStands() {
        Record record = new Record();
        LayerwisePretrainer.builder()
                .epochs(2)
                .listener(record)
                .heldOut(data(32, 16))
                .build()
                .fit(stack(new Sgd(0.05)), data(64, 16));
        assertEquals(2 * 2 * 4, record.batches.size());
        PretrainProgress last = record.epochs.get(3);
        assertEquals("upper", last.layer());
        assertEquals(2, last.layerIndex());
        assertEquals(2, last.epoch());
        assertEquals(2, last.epochs());
        assertEquals(4, last.batch());
        assertEquals(4, last.batches());
        assertTrue(last.heldOut().total() > 0);
        assertTrue(last.training().total() < record.epochs.get(2).training().total());
    }

    @Test
    void stopsEarlyAndKeepsTheBestParameters() {
        Record record = new Record();
        MultiLayerNetwork net = stack(new Sgd(0.05));
        // a few samples are learned by heart, while the held-out energy rises again
        LayerwisePretrainer.builder()
                .epochs(2000)
                .listener(record)
                .heldOut(data(64, 64))
                .patience(2)
                .build()
                .fit(
                        net,
                        new ListDataSetIterator<>(
                                List.of(new DataSet(features(64).getRows(0, 1), features(2))), 2));
        List<LossTerms> lower = record.epochs.stream()
                .filter(p -> p.layerIndex() == 0)
                .map(PretrainProgress::heldOut)
                .toList();
        assertTrue(lower.size() < 2000, "stopped after " + lower.size());
        double best = lower.stream().mapToDouble(LossTerms::total).min().orElseThrow();
        assertEquals(best, energy(net, 0), 1e-5);
        assertNotEquals(best, lower.get(lower.size() - 1).total(), 1e-9);
    }

    @Test
    void resumesFromACheckpointAsIfNothingHadHappened() throws Exception {
        Path file = directory.resolve("network.zip");
        MultiLayerNetwork whole = stack(new Adam(1e-3));
        LayerwisePretrainer.builder().epochs(4).build().fit(whole, data(64, 64));

        MultiLayerNetwork interrupted = stack(new Adam(1e-3));
        PretrainListener power = new PretrainListener() {
            @Override
            public void batchDone(PretrainProgress progress) {
                if (progress.layerIndex() == 2 && progress.epoch() == 3) {
                    throw new IllegalStateException("power cut");
                }
            }
        };
        LayerwisePretrainer first = LayerwisePretrainer.builder()
                .epochs(4)
                .checkpoint(file)
                .listener(power)
                .build();
        assertThrows(IllegalStateException.class, () -> first.fit(interrupted, data(64, 64)));

        MultiLayerNetwork resumed = MultiLayerNetwork.load(file.toFile(), true);
        Record record = new Record();
        LayerwisePretrainer.builder()
                .epochs(4)
                .checkpoint(file)
                .resume(true)
                .listener(record)
                .build()
                .fit(resumed, data(64, 64));
        assertArrayEquals(
                new int[] {3, 4},
                record.epochs.stream().mapToInt(PretrainProgress::epoch).toArray());
        assertEquals(0, Samples.distance(whole.params(), resumed.params()), 1e-6);
    }

    @Test
    void refusesToResumeFromADamagedCheckpoint() throws Exception {
        Path file = directory.resolve("network.zip");
        MultiLayerNetwork net = stack(new Adam(1e-3));
        LayerwisePretrainer.builder().checkpoint(file).build().fit(net, data(64, 64));
        ModelFile.verify(file);
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        INDArray before = net.params().dup();
        LayerwisePretrainer next = LayerwisePretrainer.builder()
                .epochs(2)
                .checkpoint(file)
                .resume(true)
                .build();
        UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> next.fit(net, data(64, 64)));
        assertTrue(
                thrown.getMessage().startsWith("cannot read " + file + ": the SHA-256 of its content must be "),
                thrown.getMessage());
        assertEquals(0, Samples.distance(before, net.params()));
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void builtInLayersTakePart() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-2))
                .list()
                .layer(new org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder.Builder()
                        .nOut(4)
                        .encoderLayerSizes(8)
                        .decoderLayerSizes(8)
                        .build())
                .layer(lista(8).build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        Record record = new Record();
        LayerwisePretrainer.builder().epochs(10).listener(record).build().fit(net, data(64, 16));
        assertTrue(record.epochs.get(9).training().total()
                < record.epochs.get(0).training().total());
        assertTrue(record.epochs.get(19).training().total()
                < record.epochs.get(10).training().total());
    }

    @Test
    void divergenceIsReportedWithLayerAndBatch() {
        MultiLayerNetwork net = stack(new Sgd(1e12));
        DivergenceException e = assertThrows(
                DivergenceException.class,
                () -> LayerwisePretrainer.builder().epochs(50).build().fit(net, data(64, 16)));
        assertTrue(e.getMessage().contains("\"lower\"") && e.getMessage().contains("learning rate"), e.getMessage());
        assertTrue(Finite.all(net.params()), "parameters");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThrows(IllegalArgumentException.class, () -> LayerwisePretrainer.builder()
                .epochs(0));
        assertThrows(IllegalArgumentException.class, () -> LayerwisePretrainer.builder()
                .memoryBudget(-1));
        assertThrows(
                IllegalArgumentException.class,
                () -> LayerwisePretrainer.builder().patience(3).build());
        MultiLayerNetwork dense = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        dense.init();
        assertThrows(
                IllegalArgumentException.class,
                () -> LayerwisePretrainer.builder().build().fit(dense, data(64, 16)));
        assertThrows(IllegalStateException.class, () -> LayerwisePretrainer.builder()
                .build()
                .fit(stack(new Sgd(0.05)), new ListDataSetIterator<>(new ArrayList<DataSet>(), 1)));
    }

    @Test
    void ndarraysOfInferenceAreNotKeptInAWorkspace() {
        // a second run in the same thread must not meet a workspace that the first one left open
        LayerwisePretrainer.builder().epochs(1).build().fit(stack(new Sgd(0.05)), data(64, 16));
        assertEquals(null, Nd4j.getMemoryManager().getCurrentWorkspace());
    }
}
