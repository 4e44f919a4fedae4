package io.github.dl4jsparse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The output for an example depends on that example only, and training reaches every parameter. */
interface LayerOutputContract extends LayerFixture {
    @ParameterizedTest
    @MethodSource("variantsInNetworks")
    default void doublingTheBatchLeavesTheScore(LayerVariant variant, NetworkKind kind) {
        DataSet once = dataSet(3, 3);
        DataSet twice = new DataSet(
                Nd4j.concat(0, once.getFeatures(), once.getFeatures()),
                Nd4j.concat(0, once.getLabels(), once.getLabels()));
        AnyNetwork net = network(kind, settings(), named(variant, WEIGHT));
        assertEquals(net.score(once, false), net.score(twice, false), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void examplesOfABatchDoNotMix(LayerVariant variant) {
        INDArray x = input(2, 4);
        MultiLayerNetwork net = network(variant, WEIGHT);
        INDArray both = net.output(x);
        for (int i = 0; i < 2; i++) {
            INDArray alone = net.output(Nd4j.expandDims(x.slice(i).dup(), 0));
            assertEquals(0, Samples.distance(both.getRow(i, true), alone), 1e-12);
        }
        assertTrue(Samples.distance(both.getRow(0), both.getRow(1)) > 1e-3, "the input makes no difference");
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void aBatchOfOneTrains(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        INDArray before = net.params().dup();
        net.fit(dataSet(1, 5));
        double change = Samples.distance(before, net.params());
        assertTrue(change > 1e-4 && change < 100, "the parameters change by " + change);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void viewsAndOrdersOfTheInputDoNotMatter(LayerVariant variant) {
        INDArray x = input(4, 5);
        DataSet plain = new DataSet(x, Samples.oneHot(4, CLASSES));
        INDArray expected = network(variant, WEIGHT).output(x);
        int[] turned = IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).toArray();
        for (INDArray same : List.of(x.dup('f'), x.permute(turned).dup().permute(turned), amidst(x))) {
            MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
            MultiLayerNetwork reference = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
            assertEquals(0, Samples.distance(expected, net.output(same)), 1e-12);
            net.fit(new DataSet(same, plain.getLabels()));
            reference.fit(plain);
            assertEquals(0, Samples.distance(reference.params(), net.params()), 1e-12);
        }
    }

    /** A view of the same values in the middle of a wider array. */
    private static INDArray amidst(INDArray x) {
        int last = x.rank() - 1;
        long[] before = x.shape().clone();
        before[last] = 2;
        long[] after = x.shape().clone();
        after[last] = 1;
        INDArray wide = Nd4j.concat(last, Samples.gaussian(6, before), x, Samples.gaussian(7, after));
        INDArrayIndex[] where = NDArrayIndex.allFor(wide);
        where[last] = NDArrayIndex.interval(2, 2 + x.size(last));
        return wide.get(where);
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void inputIsNotModified(LayerVariant variant) {
        DataSet data = dataSet(4, 6);
        MultiLayerNetwork net = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        net.fit(data);
        net.output(data.getFeatures());
        assertEquals(input(4, 6), data.getFeatures());
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void floatAgreesWithDouble(LayerVariant variant) {
        MultiLayerNetwork exact = network(settings().updater(new Sgd(0.1)), named(variant, WEIGHT));
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        MultiLayerNetwork single =
                network(settings().dataType(DataType.FLOAT).updater(new Sgd(0.1)), named(variant, WEIGHT));
        single.setParams(exact.params().castTo(DataType.FLOAT));
        DataSet data = dataSet(4, 7);
        DataSet singleData = new DataSet(
                data.getFeatures().castTo(DataType.FLOAT), data.getLabels().castTo(DataType.FLOAT));
        INDArray output = single.output(singleData.getFeatures());
        assertEquals(DataType.FLOAT, output.dataType());
        assertEquals(0, Samples.distance(exact.output(data.getFeatures()), output), 1e-5);
        assertEquals(exact.score(data), single.score(singleData), 1e-4);
        INDArray before = single.params().dup();
        exact.fit(data);
        single.fit(singleData);
        assertTrue(Samples.distance(before, single.params()) > 1e-3, "fit changes nothing");
        assertEquals(0, Samples.distance(exact.params(), single.params()), 1e-4);
    }

    @ParameterizedTest
    @MethodSource("fewVariants")
    default void twoThreadsGetTheAnswersOfOne(LayerVariant variant) throws Exception {
        MultiLayerNetwork net = network(variant, WEIGHT);
        List<INDArray> inputs = new ArrayList<>();
        List<INDArray> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            inputs.add(input(1 + i % 4, 100 + i));
            answers.add(net.output(inputs.get(i)).dup());
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Double>> worst = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                int start = 7 * thread;
                worst.add(threads.submit(() -> {
                    double distance = 0;
                    for (int i = 0; i < 60; i++) {
                        int k = (start + i) % 20;
                        distance = Math.max(distance, Samples.distance(answers.get(k), net.output(inputs.get(k))));
                    }
                    return distance;
                }));
            }
            for (Future<Double> distance : worst) {
                assertEquals(0, distance.get(), 1e-12);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    default void trainingChangesEveryParameterAndDescends(LayerVariant variant) {
        MultiLayerNetwork net = network(settings().updater(new Adam(0.01)), below(), named(variant, WEIGHT));
        Map<String, INDArray> copies = new LinkedHashMap<>();
        net.paramTable().forEach((name, value) -> copies.put(name, value.dup()));
        DataSet data = dataSet(6, 9);
        double before = net.score(data);
        for (int i = 0; i < 60 || (i < 400 && net.score(data) >= 0.9 * before); i++) {
            net.fit(data);
        }
        net.paramTable()
                .forEach((name, value) ->
                        assertFalse(copies.get(name).equals(value), "parameter " + name + " is stuck"));
        assertTrue(net.score(data) < 0.9 * before, net.score(data) + " after " + before);
    }
}
