package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.AsyncShieldDataSetIterator;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class PartlyLabelledIteratorTest {
    private static final int INPUTS = 7;
    private static final int CLASSES = 3;

    private static MultiLayerNetwork net(InputType type, Layer output, Layer... below) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .list();
        for (Layer layer : below) {
            list.layer(layer);
        }
        MultiLayerNetwork net =
                new MultiLayerNetwork(list.layer(output).setInputType(type).build());
        net.init();
        return net;
    }

    private static MultiLayerNetwork dense(double unsupervised, Layer output) {
        return net(InputType.feedForward(INPUTS), output, lista(6, unsupervised), lista(5, unsupervised));
    }

    private static ListaLayer lista(int units, double unsupervised) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(3)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(unsupervised)
                .build();
    }

    private static Layer softmax() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static INDArray x(long seed, int n) {
        return Samples.gaussian(seed, n, INPUTS);
    }

    private static PartlyLabelledIterator.Builder digits(int labelled, int unlabelled) {
        return PartlyLabelledIterator.builder()
                .labelled(x(1, labelled), Samples.oneHot(labelled, CLASSES))
                .unlabelled(x(2, unlabelled));
    }

    /** The gradient that DL4J hands to its updater, divided by the examples as the updater does. */
    private static INDArray gradient(MultiLayerNetwork net, DataSet data) {
        net.setInput(data.getFeatures());
        net.setLabels(data.getLabels());
        net.setLayerMaskArrays(null, data.getLabelsMaskArray());
        net.computeGradientAndScore();
        net.clearLayerMaskArrays();
        return net.gradient().gradient().dup().divi(data.numExamples());
    }

    private static Layer output(String kind) {
        return switch (kind) {
            case "softmax" -> softmax();
            case "negativeloglikelihood" ->
                new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build();
            case "xent" ->
                new OutputLayer.Builder(LossFunction.XENT)
                        .nOut(CLASSES)
                        .activation(Activation.SIGMOID)
                        .build();
            case "mse" ->
                new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "negativeloglikelihood", "xent", "mse"})
    void theGradientIsThatOfTheLabelledAndThatOfAllExamples(String kind) {
        DataSet mixed =
                digits(9, 30).batch(16).labelledPerBatch(5).seed(3).build().next();
        assertEquals(16, mixed.numExamples());
        DataSet labelled = new DataSet(first(mixed.getFeatures(), 5), first(mixed.getLabels(), 5));
        INDArray supervised = gradient(dense(0, output(kind)), labelled).mul(5 / 16.0);
        // with any labels, the same with and without the unsupervised loss
        DataSet all = new DataSet(mixed.getFeatures(), Samples.oneHot(16, CLASSES));
        INDArray unsupervised = gradient(dense(0.7, output(kind)), all).sub(gradient(dense(0, output(kind)), all));
        assertTrue(unsupervised.norm2Number().doubleValue() > 0.01);
        INDArray together = gradient(dense(0.7, output(kind)), mixed);
        assertEquals(0, Samples.distance(together, supervised.add(unsupervised)), 1e-12);
        // the score too
        double separate = 5 / 16.0 * dense(0, output(kind)).score(labelled, true)
                + dense(0.7, output(kind)).score(all, true)
                - dense(0, output(kind)).score(all, true);
        assertEquals(separate, dense(0.7, output(kind)).score(mixed, true), 1e-10);
    }

    @Test
    void weightsOfTheLossGiveTheLabelledExamplesTheirMean() {
        DataSet mixed = digits(9, 30).batch(16).labelledPerBatch(4).build().next();
        DataSet labelled = new DataSet(first(mixed.getFeatures(), 4), first(mixed.getLabels(), 4));
        INDArray weights = Nd4j.valueArrayOf(new long[] {1, CLASSES}, 4.0, DataType.DOUBLE);
        Layer weighted = new OutputLayer.Builder(new LossMCXENT(weights))
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
        INDArray mean = gradient(dense(0, softmax()), labelled);
        assertEquals(0, Samples.distance(mean, gradient(dense(0, weighted), mixed)), 1e-12);
    }

    @Test
    void imagesWithALossForEveryPixelAreMaskedToo() {
        INDArray images = Samples.gaussian(1, 12, 2, 4, 5);
        INDArray targets = Samples.gaussian(2, 4, 3, 4, 5);
        DataSet mixed = PartlyLabelledIterator.builder()
                .labelled(first(images, 4), targets)
                .unlabelled(images)
                .labelledPerBatch(4)
                .batch(16)
                .build()
                .next();
        assertEquals(
                List.of(16L, 3L, 4L, 5L),
                IntStream.range(0, 4).mapToObj(mixed.getLabels()::size).toList());
        INDArray together = gradient(maps(0.5), mixed);
        DataSet labelled = new DataSet(first(mixed.getFeatures(), 4), first(mixed.getLabels(), 4));
        DataSet all = new DataSet(mixed.getFeatures(), Samples.gaussian(7, 16, 3, 4, 5));
        INDArray sum = gradient(maps(0), labelled)
                .mul(4 / 16.0)
                .add(gradient(maps(0.5), all))
                .sub(gradient(maps(0), all));
        assertEquals(0, Samples.distance(together, sum), 1e-12);
    }

    private static INDArray first(INDArray array, int n) {
        return Nd4j.concat(
                0,
                IntStream.range(0, n)
                        .mapToObj(i -> array.slice(i).reshape(one(array)))
                        .toArray(INDArray[]::new));
    }

    private static long[] one(INDArray array) {
        long[] shape = array.shape().clone();
        shape[0] = 1;
        return shape;
    }

    private static MultiLayerNetwork maps(double unsupervised) {
        Layer layer = new ConvolutionalListaLayer.Builder(3, 3)
                .nOut(3)
                .iterations(2)
                .penalty(new L1Penalty(0.05))
                .unsupervisedWeight(unsupervised)
                .build();
        Layer loss = new CnnLossLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .build();
        return net(InputType.convolutional(4, 5, 2), loss, layer);
    }

    @Test
    void aLossWithoutParametersIsMaskedToo() {
        Layer loss = new LossLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .build();
        Layer lista = lista(CLASSES, 1);
        MultiLayerNetwork net = net(InputType.feedForward(INPUTS), loss, lista);
        DataSet mixed = digits(9, 30).batch(8).labelledPerBatch(2).build().next();
        INDArray before = gradient(net, mixed);
        // whatever an unlabelled example would have for a label
        mixed.getLabels().getRow(5).assign(1);
        assertEquals(0, Samples.distance(before, gradient(net, mixed)), 0);
        mixed.getLabels().getRow(0).addi(1);
        mixed.getLabels().getRow(1).addi(1);
        assertTrue(Samples.distance(before, gradient(net, mixed)) > 1e-3);
    }

    @Test
    void everyUnlabelledExampleComesOnceAnEpochAndLabelledOnesInTurn() {
        INDArray numbers =
                Nd4j.arange(50).castTo(DataType.DOUBLE).reshape(50, 1).repeat(1, INPUTS);
        INDArray known = Nd4j.arange(7)
                .castTo(DataType.DOUBLE)
                .reshape(7, 1)
                .repeat(1, INPUTS)
                .addi(100);
        PartlyLabelledIterator data = PartlyLabelledIterator.builder()
                .labelled(known, Samples.oneHot(7, CLASSES))
                .unlabelled(numbers)
                .batch(12)
                .labelledPerBatch(3)
                .seed(8)
                .build();
        List<Double> labelled = new ArrayList<>();
        List<Double> unlabelled = new ArrayList<>();
        int batches = 0;
        while (data.hasNext()) {
            DataSet batch = data.next();
            batches++;
            int n = batch.numExamples();
            assertEquals(batches < 6 ? 12 : 8, n);
            for (int i = 0; i < n; i++) {
                double number = batch.getFeatures().getDouble(i, 2);
                (i < 3 ? labelled : unlabelled).add(number);
                assertEquals(i < 3 ? 1 : 0, batch.getLabelsMaskArray().getDouble(i, 0), 0);
                assertEquals(
                        i < 3 ? 1 : 0, batch.getLabels().getRow(i).sumNumber().doubleValue(), 0);
                if (i < 3) {
                    assertEquals(1, batch.getLabels().getDouble(i, (long) (number - 100) % CLASSES), 0);
                }
            }
        }
        assertEquals(6, batches);
        assertEquals(
                IntStream.range(0, 50).mapToObj(Double::valueOf).toList(),
                unlabelled.stream().sorted().toList());
        assertNotEquals(unlabelled.stream().sorted().toList(), unlabelled);
        for (int round = 0; round < 2; round++) {
            assertEquals(
                    IntStream.range(100, 107).mapToObj(Double::valueOf).toList(),
                    labelled.subList(7 * round, 7 * round + 7).stream().sorted().toList());
        }
    }

    @Test
    void theOrderFollowsFromSeedAndEpoch() {
        PartlyLabelledIterator one = digits(9, 40).seed(4).build();
        PartlyLabelledIterator same = digits(9, 40).seed(4).build();
        PartlyLabelledIterator other = digits(9, 40).seed(5).build();
        INDArray first = one.next().getFeatures();
        assertEquals(first, same.next().getFeatures());
        assertNotEquals(first, other.next().getFeatures());
        one.reset();
        same.reset();
        INDArray second = one.next().getFeatures();
        assertNotEquals(first, second);
        assertEquals(second, same.next().getFeatures());
    }

    @Test
    void fitTrainsOnEveryBatchWithAndWithoutPrefetch() {
        MultiLayerNetwork prefetched = dense(1, softmax());
        PartlyLabelledIterator data =
                digits(9, 40).batch(10).labelledPerBatch(2).build();
        assertTrue(data.asyncSupported());
        prefetched.fit(data, 3);
        assertEquals(15, prefetched.getIterationCount());
        MultiLayerNetwork direct = dense(1, softmax());
        direct.fit(
                new AsyncShieldDataSetIterator(
                        digits(9, 40).batch(10).labelledPerBatch(2).build()),
                3);
        assertEquals(direct.params(), prefetched.params());
        var graph = dense(1, softmax()).toComputationGraph();
        graph.fit(digits(9, 40).batch(10).labelledPerBatch(2).build(), 3);
        assertEquals(15, graph.getIterationCount());
        assertEquals(0, Samples.distance(direct.params(), graph.params()), 1e-12);
    }

    @Test
    void earlyStoppingTrainsOnEveryBatch() {
        MultiLayerNetwork net = dense(1, softmax());
        DataSetIterator validation =
                new ExistingDataSetIterator(List.of(new DataSet(x(4, 12), Samples.oneHot(12, CLASSES))));
        var conf = new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
                .scoreCalculator(new DataSetLossCalculator(validation, true))
                .build();
        new EarlyStoppingTrainer(
                        conf, net, digits(9, 40).batch(10).labelledPerBatch(2).build())
                .fit();
        assertEquals(15, net.getIterationCount());
        // the trainer starts with a reset, after its prefetch has drawn from the iterator
        PartlyLabelledIterator data =
                digits(9, 40).batch(10).labelledPerBatch(2).build();
        data.reset();
        MultiLayerNetwork direct = dense(1, softmax());
        direct.fit(data, 3);
        assertEquals(direct.params(), net.params());
    }

    @Test
    void aMixtureThatFitWouldLeaveAtTheFirstUnlabelledBatchIsTrainedOnWhole() {
        List<DataSet> mixture = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            mixture.add(new DataSet(x(i, 5), i < 10 ? Samples.oneHot(5, CLASSES) : null));
        }
        MultiLayerNetwork silent = dense(1, softmax());
        silent.fit(new ExistingDataSetIterator(mixture));
        // what DL4J does, and why there is this class
        assertEquals(10, silent.getIterationCount());
        PartlyLabelledIterator data = PartlyLabelledIterator.builder()
                .mixture(new ExistingDataSetIterator(mixture))
                .batch(10)
                .labelledPerBatch(5)
                .build();
        MultiLayerNetwork net = dense(1, softmax());
        net.fit(data);
        assertEquals(50, net.getIterationCount());
    }

    @Test
    void unlabelledBatchesOfAnIteratorGetTheirShareOfLabelledExamples() {
        PartlyLabelledIterator data = PartlyLabelledIterator.builder()
                .labelled(new ExistingDataSetIterator(List.of(
                        new DataSet(x(1, 4), Samples.oneHot(4, CLASSES)),
                        new DataSet(x(2, 3), Samples.oneHot(3, CLASSES)))))
                .unlabelled(
                        new ExistingDataSetIterator(List.of(new DataSet(x(3, 9), null), new DataSet(x(4, 6), null))))
                .build();
        assertEquals(12, data.next().numExamples());
        assertEquals(8, data.next().numExamples());
        assertTrue(!data.hasNext() && data.resetSupported());
        data.reset();
        assertEquals(12, data.next().numExamples());
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        INDArray y = Samples.oneHot(4, CLASSES);
        refused("labelled must be given", PartlyLabelledIterator.builder().unlabelled(x(1, 3)));
        refused("unlabelled must be given", PartlyLabelledIterator.builder().labelled(x(1, 4), y));
        refused("labelledPerBatch must be at most the 9", digits(9, 20).labelledPerBatch(10));
        refused(
                "labelledPerBatch must be less than the batch",
                digits(9, 20).labelledPerBatch(9).batch(9));
        PartlyLabelledIterator.Builder some = PartlyLabelledIterator.builder();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> some.labelled(x(1, 3), y))
                .getMessage()
                .startsWith("labels must be one for each of the 3 examples, got 4"));
        PartlyLabelledIterator narrow = some.labelled(x(1, 4), y)
                .unlabelled(Samples.gaussian(1, 40, INPUTS - 1))
                .build();
        assertTrue(assertThrows(IllegalArgumentException.class, narrow::next)
                .getMessage()
                .contains("DOUBLE [4, 7] but for the number of examples, got DOUBLE [40, 6]"));
        PartlyLabelledIterator single =
                some.unlabelled(x(1, 40).castTo(DataType.FLOAT)).build();
        assertThrows(IllegalArgumentException.class, single::next);
        DataSet masked = new DataSet(x(1, 4), y, null, Nd4j.ones(4, 1));
        assertThrows(IllegalArgumentException.class, () -> some.labelled(masked));
        assertThrows(IllegalArgumentException.class, () -> some.mixture(new ExistingDataSetIterator(List.of(masked))));
    }

    private static void refused(String message, PartlyLabelledIterator.Builder builder) {
        String said =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(said.startsWith(message), said);
    }
}
