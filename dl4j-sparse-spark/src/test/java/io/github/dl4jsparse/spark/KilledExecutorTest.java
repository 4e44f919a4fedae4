package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Executors that die while a layer is trained do not lose the model: a master, two workers and executors in processes of
 * their own.
 */
class KilledExecutorTest {
    private static final String CLUSTER = "local-cluster[2,1,1024]";
    private static final List<DataSet> TRAINING = LocalSpark.batches(20, 1);

    private static JavaSparkContext cluster(SparkConf serializer) throws IOException {
        // all that the workers look for in a Spark distribution
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        return new JavaSparkContext(serializer
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.memory", "1g")
                .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.12")
                .set("spark.executorEnv.OMP_NUM_THREADS", "1"));
    }

    /** The executor of one task ends as if it were killed, the first time. */
    private static Iterator<DataSet> dies(Iterator<DataSet> batches, LongAccumulator started) {
        started.add(1);
        if (TaskContext.getPartitionId() == 1
                && TaskContext.get().attemptNumber() == 0
                && !SparkEnv.get().executorId().equals("driver")) {
            Runtime.getRuntime().halt(9);
        }
        return batches;
    }

    @Test
    void modelSurvives() throws IOException {
        survives(LocalSpark.configuration(CLUSTER));
    }

    @Test
    void modelSurvivesWithKryo() throws IOException {
        survives(LocalSpark.kryo(CLUSTER, SparseKryoRegistrator.class));
    }

    private static void survives(SparkConf serializer) throws IOException {
        MultiLayerNetwork net = SparkPretrainerTest.stack();
        double before = SparkPretrainerTest.energy(net);
        try (JavaSparkContext spark = cluster(serializer)) {
            LongAccumulator started = spark.sc().longAccumulator("started");
            LostExecutors lost = new LostExecutors();
            spark.sc().addSparkListener(lost);
            JavaRDD<DataSet> data =
                    LocalSpark.distributed(spark, TRAINING).mapPartitions(batches -> dies(batches, started));
            SparkPretrainer.builder(LocalSpark.averaging(5)).epochs(2).build().fit(spark, net, data);
            assertTrue(lost.count() > 0, "no executor was lost");
        }
        MultiLayerNetwork unharmed = SparkPretrainerTest.stack();
        try (JavaSparkContext spark = LocalSpark.twoThreads()) {
            SparkPretrainer.builder(LocalSpark.averaging(5))
                    .epochs(2)
                    .build()
                    .fit(spark, unharmed, LocalSpark.distributed(spark, TRAINING));
        }
        double after = SparkPretrainerTest.energy(net);
        assertTrue(after < before, () -> before + " -> " + after);
        assertEquals(1, after / SparkPretrainerTest.energy(unharmed), 0.05);
    }
}
