package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.spark.SparkPretrainer;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains on Apache Spark: {@code SparkPretrainer} without labels, DL4J's {@code SparkDl4jMultiLayer} with labels, workers
 * that average their parameters.
 */
final class OnSpark implements StackTrainer {
    private final JavaSparkContext spark;
    private final SparkStackSettings settings;
    private final JavaRDD<DataSet> train;
    private final JavaRDD<DataSet> test;
    private final ParameterAveragingTrainingMaster master;
    private final PrintWriter out;

    /**
     * @param train batches
     * @param out   for the progress
     */
    OnSpark(
            JavaSparkContext spark,
            SparkStackSettings settings,
            List<DataSet> train,
            List<DataSet> test,
            long seed,
            PrintWriter out) {
        this.spark = spark;
        this.settings = settings;
        this.train = spark.parallelize(train, settings.workers());
        this.test = spark.parallelize(test, settings.workers());
        this.master = new ParameterAveragingTrainingMaster.Builder(settings.workers(), settings.batch())
                .batchSizePerWorker(settings.batch())
                .averagingFrequency(settings.averaging())
                .saveUpdater(true)
                .rngSeed(seed)
                .workerPrefetchNumBatches(0)
                // no directory that all machines see
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        this.out = out;
    }

    @Override
    public String name() {
        return "Spark";
    }

    @Override
    public void pretrain(MultiLayerNetwork net) {
        try (StageProgress stages = new StageProgress("on Spark", out)) {
            SparkPretrainer.builder(master)
                    .epochs(settings.pretrainEpochs())
                    .listener(stages)
                    .build()
                    .fit(spark, net, train);
        }
    }

    @Override
    public void train(MultiLayerNetwork net) {
        SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, net, master);
        try (EpochProgress progress = new EpochProgress("with labels on Spark", settings.epochs(), out)) {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                trainer.fit(train);
                progress.epochDone(trainer.getScore());
            }
        } finally {
            master.deleteTempFiles(spark);
        }
    }

    @Override
    public Evaluation evaluate(MultiLayerNetwork net) {
        return new SparkDl4jMultiLayer(spark, net, master).evaluate(test);
    }
}
