package io.github.dl4jsparse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.diagnostics.TrainingPoint;
import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.train.HeldOutEnergyScore;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** A stack trained on Spark reaches the energy of the same stack on one thread. */
class SparkPretrainerTest {
    /** With a small learning rate both ends are near a plateau: a large one leaves each where its noise led it. */
    static final int EPOCHS = 8;
    /** Two workers make half as many steps an epoch as one thread. */
    private static final int SPARK_EPOCHS = 2 * EPOCHS;

    private static final double WITHIN = 0.05;

    private static JavaSparkContext spark;
    private static final int SEED = 7;
    private static final List<DataSet> TRAINING = training(SEED);

    @BeforeAll
    static void start() {
        spark = LocalSpark.twoThreads();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<DataSet> training(int seed) {
        return LocalSpark.batches(200, 1000 * seed);
    }

    static MultiLayerNetwork stack() {
        return stack(SEED);
    }

    private static MultiLayerNetwork stack(int seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.003))
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(12)
                        .iterations(2)
                        .shrinkage(Shrinkage.NON_NEGATIVE)
                        .penalty(new L1Penalty(0.05))
                        .unsupervisedWeight(0.1)
                        .build())
                .layer(new GroupL2PoolingLayer.Builder(Groups.blocks(12, 2)).build())
                .layer(new ListaLayer.Builder()
                        .nOut(8)
                        .iterations(2)
                        .penalty(new GroupL2Penalty(0.05, Groups.blocks(8, 2)))
                        .unsupervisedWeight(0.1)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(LocalSpark.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.feedForward(LocalSpark.INPUTS))
                .build());
        net.init();
        return net;
    }

    private static ComputationGraph graph() {
        return stack().toComputationGraph();
    }

    static DataSetIterator iterator(List<DataSet> batches) {
        return new ExistingDataSetIterator(batches);
    }

    static <T extends Model> double energy(T net) {
        return HeldOutEnergyScore.<T>ofAllLayers(iterator(LocalSpark.batches(10, 500)))
                .calculateScore(net);
    }

    /** Energy of the stack after training without labels on one thread. */
    private static double oneThread(int seed) {
        MultiLayerNetwork net = stack(seed);
        LayerwisePretrainer.builder().epochs(EPOCHS).build().fit(net, iterator(training(seed)));
        return energy(net);
    }

    /** Energies compare both ways. */
    private static void within(double expected, double actual) {
        assertEquals(1, actual / expected, WITHIN, () -> "one thread " + expected + ", Spark " + actual);
    }

    private static SparkPretrainer pretrainer() {
        return SparkPretrainer.builder(LocalSpark.averaging(5))
                .epochs(SPARK_EPOCHS)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {SEED, 8, 9})
    void energyOfANetworkIsThatOfOneThread(int seed) {
        MultiLayerNetwork net = stack(seed);
        double before = energy(net);
        pretrainer().fit(spark, net, LocalSpark.distributed(spark, training(seed)));
        double after = energy(net);
        assertTrue(after < before / 2, () -> before + " -> " + after);
        within(oneThread(seed), after);
    }

    @Test
    void tellsHowItGoesAndCountsEpochs() {
        MultiLayerNetwork net = stack();
        List<PretrainProgress> told = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        SparkPretrainer.builder(LocalSpark.averaging(5))
                .epochs(2)
                .listener(PretrainListener.ofEpochs(progress -> {
                    told.add(progress);
                    weights.add(net.getLayer(progress.layerIndex())
                            .params()
                            .sumNumber()
                            .doubleValue());
                }))
                .build()
                .fit(spark, net, LocalSpark.distributed(spark, TRAINING));
        assertEquals(
                List.of("layer0 1 of 2", "layer0 2 of 2", "layer2 1 of 2", "layer2 2 of 2"),
                told.stream()
                        .map(p -> p.layer() + " " + p.epoch() + " of " + p.epochs())
                        .toList());
        assertTrue(told.get(1).training().total() < told.get(0).training().total(), told::toString);
        assertNotEquals(weights.get(0), weights.get(1), "the network has the parameters of the epoch that is told of");
        assertEquals(net.getLayer(0).params().sumNumber().doubleValue(), weights.get(1));
        assertEquals(2, net.getLayer(2).conf().getEpochCount());
        assertEquals(0, net.getEpochCount());
    }

    @Test
    void aMonitorMeasuresEveryEpoch() {
        MultiLayerNetwork net = stack();
        INDArray probe = DataSet.merge(LocalSpark.batches(10, 500)).getFeatures();
        TrainingMonitor monitor = TrainingMonitor.builder(probe).build();
        SparkPretrainer.builder(LocalSpark.averaging(5))
                .epochs(3)
                .listener(monitor.pretraining(net))
                .build()
                .fit(spark, net, LocalSpark.distributed(spark, TRAINING));
        for (String layer : List.of("layer0", "layer2")) {
            List<TrainingPoint> points = monitor.history().points(layer);
            assertEquals(
                    List.of(1, 2, 3), points.stream().map(TrainingPoint::epochs).toList());
            assertTrue(
                    points.get(2).measurement().energy().total()
                            < points.get(0).measurement().energy().total(),
                    points::toString);
        }
    }

    @Test
    void energyOfAGraphIsThatOfOneThread() {
        ComputationGraph graph = graph();
        pretrainer().fit(spark, graph, LocalSpark.distributed(spark, TRAINING));
        within(oneThread(SEED), energy(graph));
    }

    /** DL4J's trainer of graphs on the stages as graphs. */
    @Test
    void stagesTrainAsGraphs() {
        MultiLayerNetwork net = stack();
        for (int layer : new int[] {0, 2}) {
            UnsupervisedStage stage = UnsupervisedStage.of(net, layer);
            List<DataSet> inputs = new ArrayList<>();
            stage.inputs(iterator(TRAINING)).forEachRemaining(inputs::add);
            MultiLayerNetwork alone = stage.network();
            SparkComputationGraph trainer =
                    new SparkComputationGraph(spark, alone.toComputationGraph(), LocalSpark.averagingOfGraphs(20));
            JavaRDD<DataSet> data = LocalSpark.distributed(spark, inputs);
            for (int epoch = 0; epoch < SPARK_EPOCHS; epoch++) {
                trainer.fit(data);
            }
            alone.setParams(trainer.getNetwork().params());
            stage.copyBack(alone);
        }
        within(oneThread(SEED), energy(net));
    }

    /** Averaging overfits less, so that a loss on unseen examples may be lower. */
    private static void notWorse(double expected, double actual) {
        assertTrue(actual < (1 + WITHIN) * expected, () -> "one thread " + expected + ", Spark " + actual);
    }

    private static double loss(MultiLayerNetwork net) {
        return net.score(DataSet.merge(LocalSpark.batches(10, 500)));
    }

    private static double lossOfOneThread(int seed) {
        MultiLayerNetwork net = stack(seed);
        List<DataSet> training = training(seed);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            training.forEach(net::fit);
        }
        return loss(net);
    }

    @ParameterizedTest
    @ValueSource(ints = {SEED, 8, 9})
    void labelsTeachANetworkAsOnOneThread(int seed) {
        MultiLayerNetwork net = stack(seed);
        double before = loss(net);
        SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, net, LocalSpark.averaging(5));
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, training(seed));
        for (int epoch = 0; epoch < SPARK_EPOCHS; epoch++) {
            trainer.fit(data);
        }
        assertTrue(loss(net) < 0.7 * before, () -> before + " -> " + loss(net));
        notWorse(lossOfOneThread(seed), loss(net));
    }

    @Test
    void labelsTeachAGraphAsOnOneThread() {
        ComputationGraph graph = graph();
        SparkComputationGraph trainer = new SparkComputationGraph(spark, graph, LocalSpark.averagingOfGraphs(20));
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING);
        for (int epoch = 0; epoch < SPARK_EPOCHS; epoch++) {
            trainer.fit(data);
        }
        notWorse(lossOfOneThread(SEED), graph.score(DataSet.merge(LocalSpark.batches(10, 500))));
    }

    @Test
    void refusesNetworksWithNothingToTrain() {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder()
                        .nIn(LocalSpark.INPUTS)
                        .nOut(LocalSpark.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        net.init();
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pretrainer().fit(spark, net, data));
        assertEquals(
                "net must be a network with at least one layer with an unsupervised loss, got none", e.getMessage());
    }

    /** DL4J's default, and three times too long a step after every averaging. */
    @Test
    void refusesWorkersThatForgetTheStateOfTheirUpdaters() {
        ParameterAveragingTrainingMaster forgetful = new ParameterAveragingTrainingMaster.Builder(2, LocalSpark.BATCH)
                .batchSizePerWorker(LocalSpark.BATCH)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .build();
        SparkPretrainer pretrainer = SparkPretrainer.builder(forgetful).build();
        JavaRDD<DataSet> data = LocalSpark.distributed(spark, TRAINING);
        MultiLayerNetwork net = stack();
        INDArray before = net.params().dup();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pretrainer.fit(spark, net, data));
        assertEquals(
                "master must be built with saveUpdater(true), as the updater of layer \"layer0\" has a state that workers would start"
                        + " without after every averaging, got saveUpdater = false, DL4J's default",
                e.getMessage());
        assertEquals(before, net.params());
        MultiLayerConfiguration stateless = stack().getLayerWiseConfigurations();
        for (NeuralNetConfiguration each : stateless.getConfs()) {
            if (each.getLayer() instanceof BaseLayer layer) {
                layer.setIUpdater(new Sgd(0.01));
            }
        }
        MultiLayerNetwork plain = new MultiLayerNetwork(stateless);
        plain.init();
        pretrainer.fit(spark, plain, data);
    }

    @Test
    void refusesNoEpochs() {
        SparkPretrainer.Builder builder = SparkPretrainer.builder(LocalSpark.averaging(5));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> builder.epochs(0));
        assertEquals("epochs must be at least 1, got 0", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchNormalisationBelowALayerHasTheStatisticsOfTheData(boolean asGraph) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.01))
                .list()
                .layer(new BatchNormalization())
                .layer(new ListaLayer.Builder()
                        .nOut(8)
                        .iterations(2)
                        .penalty(new L1Penalty(0.05))
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(
                        InputType.feedForward(TRAINING.get(0).getFeatures().size(1)))
                .build());
        net.init();
        ComputationGraph graph = net.toComputationGraph();
        SparkPretrainer pretrainer = SparkPretrainer.builder(new ParameterAveragingTrainingMaster.Builder(
                                TRAINING.get(0).numExamples())
                        .rddTrainingApproach(RDDTrainingApproach.Direct)
                        .build())
                .build();
        JavaRDD<DataSet> data = spark.parallelize(TRAINING.subList(0, 20), 2);
        if (asGraph) {
            pretrainer.fit(spark, graph, data);
        } else {
            pretrainer.fit(spark, net, data);
        }
        INDArray x = DataSet.merge(TRAINING.subList(0, 20)).getFeatures();
        INDArray normal = asGraph
                ? graph.feedForward(x, false).get("0")
                : net.feedForward(x, false).get(1);
        assertEquals(0, normal.mean(0).amaxNumber().doubleValue(), 1e-6);
        assertEquals(1, normal.std(false, 0).minNumber().doubleValue(), 1e-2);
    }
}
