package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.train.PretrainListener;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.RDDBlockId;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Tasks that fail and partitions that are lost do not change the result of training; after too many failures the model
 * is unchanged.
 */
class SparkFaultsTest {
    private static final List<DataSet> TRAINING = LocalSpark.batches(20, 1);
    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static final AtomicInteger COMPUTED = new AtomicInteger();

    private static JavaSparkContext spark;

    @BeforeAll
    static void start() {
        spark = LocalSpark.twoThreads();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static SparkPretrainer.Builder pretrainer() {
        return SparkPretrainer.builder(LocalSpark.averaging(5)).epochs(2);
    }

    private static INDArray withoutFaults() {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        pretrainer().build().fit(spark, net, LocalSpark.distributed(spark, TRAINING));
        return net.params().dup();
    }

    private static Iterator<DataSet> failsOnce(Iterator<DataSet> batches) {
        if (TaskContext.getPartitionId() == 1 && TaskContext.get().attemptNumber() == 0) {
            FAILURES.incrementAndGet();
            throw new IllegalStateException("a fault of the test");
        }
        return batches;
    }

    private static Iterator<DataSet> failsAlways(Iterator<DataSet> batches) {
        throw new IllegalStateException("a fault of the test, every time");
    }

    private static Iterator<DataSet> counts(Iterator<DataSet> batches) {
        COMPUTED.incrementAndGet();
        return batches;
    }

    private static void same(INDArray expected, MultiLayerNetwork net) {
        double difference = expected.sub(net.params()).norm2Number().doubleValue();
        assertTrue(difference < 1e-9, () -> "parameters differ by " + difference);
    }

    @Test
    void failedTasksAreRepeated() {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        FAILURES.set(0);
        pretrainer()
                .build()
                .fit(spark, net, LocalSpark.distributed(spark, TRAINING).mapPartitions(SparkFaultsTest::failsOnce));
        assertTrue(FAILURES.get() > 0, "no task failed");
        same(withoutFaults(), net);
    }

    @Test
    void lostPartitionsAreComputedAgain() {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        COMPUTED.set(0);
        AtomicInteger beforeTheLoss = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING).mapPartitions(SparkFaultsTest::counts);
        pretrainer()
                .listener(PretrainListener.ofEpochs(progress -> {
                    if (progress.layerIndex() == 0 && progress.epoch() == 1) {
                        beforeTheLoss.set(COMPUTED.get());
                        for (int rdd : spark.getPersistentRDDs().keySet()) {
                            lost.incrementAndGet();
                            SparkEnv.get().blockManager().removeBlock(new RDDBlockId(rdd, 1), true);
                        }
                    } else if (progress.layerIndex() == 0) {
                        beforeTheLoss.addAndGet(-COMPUTED.get());
                    }
                }))
                .build()
                .fit(spark, net, data);
        assertTrue(lost.get() > 0, "nothing was kept that could be lost");
        assertTrue(beforeTheLoss.get() < 0, "nothing was computed again");
        same(withoutFaults(), net);
    }

    @Test
    void trainingThatEndsInALaterEpochLeavesTheModelToo() {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        INDArray before = net.params().dup();
        SparkPretrainer trainer = pretrainer()
                .listener(PretrainListener.ofEpochs(progress -> {
                    assertNotEquals(before, net.params(), "the network after epoch " + progress.epoch());
                    if (progress.epoch() == 2) {
                        throw new IllegalStateException("no further");
                    }
                }))
                .build();
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING);
        assertThrows(IllegalStateException.class, () -> trainer.fit(spark, net, data));
        assertEquals(before, net.params());
        assertEquals(0, net.getLayer(0).conf().getEpochCount());
    }

    @Test
    void tooManyFailuresLeaveTheModel() {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        INDArray before = net.params().dup();
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING).mapPartitions(SparkFaultsTest::failsAlways);
        SparkPretrainer trainer = pretrainer().build();
        Exception e = assertThrows(Exception.class, () -> trainer.fit(spark, net, data));
        assertTrue(e instanceof SparkException, e::toString);
        assertTrue(e.getMessage().contains("a fault of the test, every time"), e::getMessage);
        assertEquals(before, net.params());
    }
}
