package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.CapturedLog;
import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** When warnings are logged and when not; the warning for each misuse is tested in {@code MisuseTest}. */
class TrainingWatchTest {
    private static final int UNITS = 9;
    private static final DataSet BATCH = new DataSet(
            Samples.gaussian(DataType.FLOAT, 1, 100, 5), Samples.oneHot(100, 2).castTo(DataType.FLOAT));

    /** Most units are dead. */
    private static MultiLayerNetwork network() {
        return network(0.05);
    }

    private static MultiLayerNetwork network(double penalty) {
        MultiLayerNetwork net = Networks.classifier(
                new Adam(1e-3),
                5,
                2,
                new ListaLayer.Builder()
                        .name("code")
                        .nOut(UNITS)
                        .iterations(2)
                        .penalty(new L1Penalty(penalty))
                        .unsupervisedWeight(1)
                        .build());
        for (int unit = 0; unit < 6; unit++) {
            net.getLayer(0).getParam("b").putScalar(0, unit, 1000);
        }
        return net;
    }

    private static TrainingWatch watch(MultiLayerNetwork net) {
        return ((SparseLayer<?>) net.getLayer(0)).watch();
    }

    private static void fit(MultiLayerNetwork net, int times) {
        for (int i = 0; i < times; i++) {
            net.fit(BATCH);
        }
    }

    @Test
    void speaksAtTenThousandExamplesAndOnce() {
        MultiLayerNetwork net = network();
        try (CapturedLog log = new CapturedLog()) {
            fit(net, 99);
            assertEquals(List.of(), log.warnings());
            fit(net, 1);
            assertEquals(1, log.warnings().size());
            fit(net, 150);
            assertEquals(1, log.warnings().size(), log.warnings().toString());
        }
    }

    @Test
    void speaksAtTheEndOfAShorterEpochEvenIfInferenceFollows() {
        MultiLayerNetwork net = network();
        try (CapturedLog log = new CapturedLog()) {
            fit(net, 3);
            net.output(BATCH.getFeatures());
            assertEquals(List.of(), log.warnings(), "no epoch has ended");
            net.incrementEpochCount();
            net.output(BATCH.getFeatures());
            assertEquals(1, log.warnings().size());
            assertTrue(
                    log.warnings().get(0).contains("on the last 300 examples"),
                    log.warnings().toString());
            net.output(BATCH.getFeatures());
            net.incrementEpochCount();
            net.output(BATCH.getFeatures());
            assertEquals(1, log.warnings().size());
        }
    }

    @Test
    void quietItOnlyCounts() {
        MultiLayerNetwork net = network();
        watch(net).restart(true);
        try (CapturedLog log = new CapturedLog()) {
            fit(net, 101);
            net.incrementEpochCount();
            fit(net, 1);
            assertEquals(List.of(), log.warnings());
        }
        assertEquals(10_200, watch(net).health().examples());
        assertTrue(watch(net).health().deadUnits(CodeHealth.WINDOW) >= 6);
        watch(net).restart(false);
        assertEquals(0, watch(net).health().examples());
    }

    /** A network that is watched, and warned of, ends with the bits of one that is not; and no copy or file knows of it. */
    @Test
    void changesNoResultAndIsNotSaved() throws IOException {
        MultiLayerNetwork watched = network();
        MultiLayerNetwork quiet = network();
        watch(quiet).restart(true);
        try (CapturedLog log = new CapturedLog()) {
            fit(watched, 101);
            fit(quiet, 101);
            assertEquals(1, log.warnings().size());
        }
        INDArray expected = quiet.params();
        assertEquals(expected, watched.params());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(watched, file, true);
        MultiLayerNetwork read =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()), true);
        assertEquals(0, watch(read).health().examples());
        assertEquals(0, watch(watched.clone()).health().examples());
        assertEquals(expected, read.params());
    }

    @Test
    void workersThatTrainCopiesWarnOnce() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            List<Thread> workers = Stream.generate(() -> network(0.06))
                    .limit(3)
                    .map(net -> new Thread(() -> fit(net, 101)))
                    .toList();
            workers.forEach(Thread::start);
            for (Thread worker : workers) {
                worker.join();
            }
            assertEquals(1, log.warnings().size(), log.warnings().toString());
        }
    }
}
