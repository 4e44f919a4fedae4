package io.github.dl4jsparse.spark;

import io.github.dl4jsparse.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.serializer.KryoSerializer;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Spark on this machine, and data whose classes can be learned. */
final class LocalSpark {
    static final int BATCH = 16;
    static final int INPUTS = 10;
    static final int CLASSES = 3;

    private static final int WRONG_LABEL = 7;

    private LocalSpark() {}

    /** Two threads; a task may fail three times. */
    static JavaSparkContext twoThreads() {
        return context("local[2,4]");
    }

    static JavaSparkContext context(String master) {
        return new JavaSparkContext(configuration(master));
    }

    static SparkConf configuration(String master) {
        return new SparkConf()
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    /** The same with Kryo in place of Java's serialisation. */
    static SparkConf kryo(String master, Class<? extends KryoRegistrator> registrator) {
        return configuration(master)
                .set("spark.serializer", KryoSerializer.class.getName())
                .set("spark.kryo.registrator", registrator.getName());
    }

    /** Averages over two workers after a number of batches each, the state of their updaters too. */
    static ParameterAveragingTrainingMaster averaging(int batches) {
        return averaging(batches, true);
    }

    /**
     * The same for DL4J's trainer of graphs, whose workers count iterations from zero in every round: Adam then begins anew, as it
     * should with moments of zero and only with these.
     */
    static ParameterAveragingTrainingMaster averagingOfGraphs(int batches) {
        return averaging(batches, false);
    }

    private static ParameterAveragingTrainingMaster averaging(int batches, boolean saveUpdater) {
        return new ParameterAveragingTrainingMaster.Builder(2, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(batches)
                .saveUpdater(saveUpdater)
                .rngSeed(5)
                .workerPrefetchNumBatches(0)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
    }

    /** Batches of a pattern of their class plus noise, in double precision; one label in seven is wrong. */
    static List<DataSet> batches(int number, long seed) {
        INDArray patterns = Samples.gaussian(1234, CLASSES, INPUTS);
        List<DataSet> batches = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            INDArray x = Samples.gaussian(seed + i, BATCH, INPUTS).muli(0.3);
            for (int row = 0; row < BATCH; row++) {
                x.getRow(row).addi(patterns.getRow(row % CLASSES));
            }
            INDArray labels = Nd4j.zeros(DataType.DOUBLE, BATCH, CLASSES);
            for (int row = 0; row < BATCH; row++) {
                int wrong = (row + i) % WRONG_LABEL == 0 ? 1 : 0;
                labels.putScalar(row, (row + wrong) % CLASSES, 1);
            }
            batches.add(new DataSet(x, labels));
        }
        return batches;
    }

    /** The batches in two partitions. */
    static JavaRDD<DataSet> distributed(JavaSparkContext spark, List<DataSet> batches) {
        return spark.parallelize(batches, 2);
    }
}
