package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.IteratorDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.learning.config.Sgd;

class UnlabelledIteratorTest {
    private static final int INPUTS = 6;

    private static INDArray x(int n) {
        return Samples.gaussian(DataType.FLOAT, 1, n, INPUTS);
    }

    private static MultiLayerNetwork stack() {
        return Networks.classifier(new Sgd(0.05), INPUTS, 2, lista(8), lista(5));
    }

    private static ListaLayer lista(int units) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .build();
    }

    private static List<Double> firstColumn(DataSetIterator data) {
        List<Double> read = new ArrayList<>();
        while (data.hasNext()) {
            DataSet batch = data.next();
            assertEquals(batch.getFeatures(), batch.getLabels());
            IntStream.range(0, batch.numExamples())
                    .forEach(i -> read.add(batch.getFeatures().getDouble(i, 0)));
        }
        return read;
    }

    @Test
    void anArrayIsShuffledAnewInEveryEpoch() {
        INDArray x = x(23);
        UnlabelledIterator data = UnlabelledIterator.of(x, 5, 3);
        List<Double> first = firstColumn(data);
        assertThrows(NoSuchElementException.class, data::next);
        data.reset();
        List<Double> second = firstColumn(data);
        assertNotEquals(first, second);
        List<Double> sorted =
                IntStream.range(0, 23).mapToObj(i -> x.getDouble(i, 0)).sorted().toList();
        assertEquals(sorted, first.stream().sorted().toList());
        assertEquals(sorted, second.stream().sorted().toList());
        UnlabelledIterator same = UnlabelledIterator.of(x, 5, 3);
        assertEquals(first, firstColumn(new AsyncDataSetIterator(same)));
        assertNotEquals(first, firstColumn(UnlabelledIterator.of(x, 5, 4)));
    }

    @Test
    void imagesKeepTheirShape() {
        INDArray images = Samples.gaussian(DataType.FLOAT, 2, 7, 2, 4, 3).permute(0, 1, 3, 2);
        DataSet batch = UnlabelledIterator.of(images, 7, 1).next();
        int[] order = ExampleArrays.shuffled(7, 1);
        for (int i = 0; i < 7; i++) {
            assertEquals(
                    0,
                    Samples.distance(images.slice(order[i]), batch.getFeatures().slice(i)),
                    0);
        }
    }

    @Test
    void batchesComeWholeInAnOrderOfTheSeed() {
        List<INDArray> batches = IntStream.range(0, 9)
                .mapToObj(i -> Samples.gaussian(DataType.FLOAT, i, 4 + i % 2, INPUTS))
                .toList();
        UnlabelledIterator data = UnlabelledIterator.ofBatches(batches, 2);
        List<INDArray> read = new ArrayList<>();
        data.forEachRemaining(batch -> read.add(batch.getFeatures()));
        assertEquals(9, read.size());
        read.forEach(batch -> assertTrue(batches.stream().anyMatch(own -> own == batch)));
        assertNotEquals(batches, read);
    }

    @Test
    void aPreProcessorWorksOnACopy() {
        List<INDArray> batches = List.of(x(4));
        UnlabelledIterator data = UnlabelledIterator.ofBatches(batches, 2);
        NormalizerMinMaxScaler scaler = new NormalizerMinMaxScaler();
        scaler.fit(UnlabelledIterator.of(x(30), 10, 1));
        data.setPreProcessor(scaler);
        assertSame(scaler, data.getPreProcessor());
        INDArray scaled = data.next().getFeatures();
        assertTrue(scaled.minNumber().doubleValue() >= 0);
        assertEquals(x(4), batches.get(0));
    }

    /** What DL4J 1.0.0-M2.1 does with a DataSet without labels, and that this class does not. */
    @Test
    void iteratorsThatBreakOnDataWithoutLabelsWorkWithThese() {
        DataSet without = new DataSet(x(20), null);
        assertThrows(NullPointerException.class, () -> new ListDataSetIterator<>(List.of(without), 10).next());
        assertThrows(NullPointerException.class, () -> new ViewIterator(without, 10).next());
        assertThrows(
                NullPointerException.class,
                () -> new IteratorDataSetIterator(List.of(without).iterator(), 10).next());
        DataSet with = UnlabelledIterator.of(x(20), 20, 0).next();
        assertEquals(20, firstColumn(new ViewIterator(with, 10)).size());
        assertEquals(
                20, firstColumn(new ListDataSetIterator<>(with.asList(), 10)).size());
        assertEquals(
                20,
                firstColumn(new IteratorDataSetIterator(List.of(with).iterator(), 10))
                        .size());
        DataSetIterator wrapped = UnlabelledIterator.of(new ExistingDataSetIterator(List.of(without, without)));
        assertEquals(40, firstColumn(new AsyncDataSetIterator(wrapped)).size());
    }

    @Test
    void everyToolOfOursTakesThem() {
        MultiLayerNetwork net = stack();
        List<Integer> epochs = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(2)
                .heldOut(UnlabelledIterator.of(x(16), 8, 1))
                .listener(PretrainListener.ofEpochs(progress -> epochs.add(progress.epoch())))
                .build()
                .fit(net, UnlabelledIterator.of(x(40), 8, 1));
        assertEquals(List.of(1, 2, 1, 2), epochs, "two layers");
        UnsupervisedStage stage = UnsupervisedStage.of(net, 1);
        MultiLayerNetwork alone = stage.network();
        INDArray before = alone.params().dup();
        alone.fit(stage.inputs(UnlabelledIterator.of(x(40), 8, 1)), 2);
        assertNotEquals(before, alone.params());
        double score = HeldOutEnergyScore.<MultiLayerNetwork>ofAllLayers(UnlabelledIterator.of(x(16), 8, 1))
                .calculateScore(net);
        assertTrue(score > 0);
        // a classifier that is given them says so instead of ending the epoch
        assertThrows(RuntimeException.class, () -> net.fit(UnlabelledIterator.of(x(40), 8, 1)));
    }

    @Test
    void preTrainingTakesArrays() {
        MultiLayerNetwork one = stack();
        LayerwisePretrainer pretrainer =
                LayerwisePretrainer.builder().epochs(3).batch(8).seed(5).build();
        List<Long> batches = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(3)
                .batch(8)
                .seed(5)
                .listener(new PretrainListener() {
                    @Override
                    public void epochDone(PretrainProgress progress) {
                        batches.add(progress.batch());
                    }
                })
                .build()
                .fit(one, x(41));
        assertEquals(List.of(6L, 6L, 6L, 6L, 6L, 6L), batches);
        ComputationGraph graph = stack().toComputationGraph();
        pretrainer.fit(graph, x(41));
        assertEquals(one.params(), graph.params());
        MultiLayerNetwork listed = stack();
        ComputationGraph listedGraph = stack().toComputationGraph();
        List<INDArray> list = List.of(x(8), x(9), x(10), x(11));
        pretrainer.fit(listed, list);
        pretrainer.fit(listedGraph, list);
        assertEquals(listed.params(), listedGraph.params());
        assertNotEquals(stack().params(), listed.params());
        assertEquals(12, listed.getLayer(0).conf().getIterationCount());
    }

    @Test
    void whatIsNoDataIsRefused() {
        assertRefused("batch must be at least 1", () -> UnlabelledIterator.of(x(3), 0, 1));
        assertRefused("features must be of shape [examples, ...]", () -> UnlabelledIterator.of(x(1).reshape(6), 2, 1));
        assertRefused("number of batches must be at least 1", () -> UnlabelledIterator.ofBatches(List.of(), 1));
        assertRefused("features of a batch must be given", () -> UnlabelledIterator.of(
                        new ExistingDataSetIterator(List.of(new DataSet())))
                .next());
        assertThrows(UnsupportedOperationException.class, () -> UnlabelledIterator.of(x(3), 2, 1)
                .next(2));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(said.startsWith(message), said);
    }
}
