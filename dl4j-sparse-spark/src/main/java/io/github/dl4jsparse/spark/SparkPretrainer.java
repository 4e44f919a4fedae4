package io.github.dl4jsparse.spark;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import io.github.dl4jsparse.train.RunningStatistics;
import io.github.dl4jsparse.train.UnsupervisedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains the layers of a network without labels on Apache Spark, one after the other, each on the output of the ones below.
 * <p>\[ L = \tfrac12 \lVert x - D z(x) \rVert_2^2 + \mathrm{penalty}(z(x)) \]
 * where x is a layer's input, z its code and D its dictionary. Each layer becomes an {@link UnsupervisedStage}, whose network
 * DL4J's {@code SparkDl4jMultiLayer} trains with the given {@link TrainingMaster}; the workers compute the layer's inputs
 * themselves, from the data and a copy of the layers below. The trained parameters are copied back into the network on
 * the driver. All layers with an unsupervised loss of this library are trained.
 * <p>A task that fails, or whose executor dies, is repeated by Spark as often as {@code spark.task.maxFailures} allows. If
 * that is not enough, {@code fit} throws Spark's exception: the layer in training keeps the parameters that it had, those
 * below stay trained. With Spark's {@code KryoSerializer} the context needs the {@link SparseKryoRegistrator}.
 * <p>Batch normalisation below a layer gets the mean and the variance of the first 100 batches, on the driver, before that layer is
 * trained ({@link RunningStatistics}).
 * <p>An RDD holds the same examples in every epoch. DL4J's masters export or cache it once, so that random patches or
 * augmentations that an RDD computes are the same in every epoch; for new ones call {@code fit} once an epoch, with a
 * new RDD.
 * <p>A {@code ParameterAveragingTrainingMaster} must average the updaters' state too: {@code saveUpdater(true)}, which
 * is not DL4J's default, although its documentation says so. Without it, {@code fit} refuses updaters that have a
 * state.
 * <p>Reference: McDonald, Hall and Mann, Distributed training strategies for the structured perceptron, NAACL 2010; Bengio,
 * Lamblin, Popovici and Larochelle, Greedy layer-wise training of deep networks, NIPS 2006.
 */
public final class SparkPretrainer {
    private static final int BATCHES_OF_STATISTICS = 100;

    private final TrainingMaster<?, ?> master;
    private final int epochs;
    private final List<PretrainListener> listeners;

    private SparkPretrainer(Builder builder) {
        this.master = builder.master;
        this.epochs = builder.epochs;
        this.listeners = List.copyOf(builder.listeners);
    }

    /**
     * A pre-trainer of one epoch a layer, to be configured.
     *
     * @param master how the workers train together, such as DL4J's {@code ParameterAveragingTrainingMaster}
     */
    public static Builder builder(TrainingMaster<?, ?> master) {
        return new Builder(Args.given("master", master));
    }

    /**
     * Trains all layers of a network with an unsupervised loss, the lowest first.
     *
     * @param net  initialised. Modified in place.
     * @param data mini-batches; labels are not used
     * @throws IllegalArgumentException if there is no such layer, or the master does not keep the state of updaters
     *      that have one
     */
    public void fit(JavaSparkContext spark, MultiLayerNetwork net, JavaRDD<DataSet> data) {
        fit(spark, Net.of(net), data);
    }

    /**
     * Trains all layers of a graph of one input with an unsupervised loss, in topological order.
     *
     * @param graph initialised. Modified in place.
     * @param data  mini-batches; labels are not used
     * @throws IllegalArgumentException if there is no such layer, more than one input, or the master does not keep the
     *      state of updaters that have one
     */
    public void fit(JavaSparkContext spark, ComputationGraph graph, JavaRDD<DataSet> data) {
        Net<?> net = Net.of(graph);
        if (net.inputs() != 1) {
            throw Args.failure("graph", "one with a single input", net.inputs() + " inputs");
        }
        fit(spark, net, data);
    }

    private void fit(JavaSparkContext spark, Net<?> net, JavaRDD<DataSet> data) {
        SparseKryoRegistrator.require(Args.given("spark", spark).getConf());
        Args.given("data", data);
        List<Stage> stages = net.stages().stream()
                .filter(stage -> stage.layer().conf().getLayer() instanceof SparseLayerConf)
                .toList();
        if (stages.isEmpty()) {
            throw Args.failure("net", "a network with at least one layer with an unsupervised loss", "none");
        }
        boolean normalises = net.layers().stream().anyMatch(BatchNormalization.class::isInstance);
        for (Stage stage : stages) {
            int layer = stage.index();
            if (normalises) {
                DataSetIterator sample = new ExistingDataSetIterator(data.take(BATCHES_OF_STATISTICS));
                RunningStatistics.estimateBelow(net.model(), stage.name(), new MultiDataSetIteratorAdapter(sample));
            }
            Broadcast<NetworkCopy> below = spark.broadcast(NetworkCopy.of(net));
            JavaRDD<DataSet> inputs = data.mapPartitions(batches -> {
                UnsupervisedStage own = below.value().stage(layer);
                return Stream.generate(() -> batches.hasNext() ? batches.next() : null)
                        .takeWhile(Objects::nonNull)
                        .map(batch -> own.input(batch.getFeatures()))
                        .iterator();
            });
            train(spark, stage, UnsupervisedStage.of(net.model(), stage.name()), inputs);
            below.destroy();
        }
    }

    /**
     * Requires that updaters keep their state. Without it Adam's moments are reset to zero in every averaging round
     * while the iteration count continues, so that its bias correction is missing: its steps are about three times too
     * long.
     */
    private void requireUpdaters(Stage stage, MultiLayerNetwork alone) {
        boolean forgets = master instanceof ParameterAveragingTrainingMaster averaging && !averaging.isSaveUpdater();
        if (forgets && alone.getUpdater().getStateViewArray() != null) {
            throw Args.failure(
                    "master",
                    "built with saveUpdater(true), as the updater of layer \"" + stage.name()
                            + "\" has a state that workers would start without after every averaging",
                    "saveUpdater = false, DL4J's default");
        }
    }

    private void train(JavaSparkContext spark, Stage stage, UnsupervisedStage own, JavaRDD<DataSet> inputs) {
        MultiLayerNetwork before = own.network();
        requireUpdaters(stage, before);
        SparkDl4jMultiLayer trainer = new SparkDl4jMultiLayer(spark, own.network(), master);
        boolean done = false;
        try {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                trainer.fit(inputs);
                // listeners see the network as it is after this epoch
                own.copyBack(trainer.getNetwork());
                PretrainProgress progress = progress(stage, epoch, trainer.getScore());
                listeners.forEach(listener -> listener.epochDone(progress));
            }
            done = true;
        } finally {
            if (!done) {
                own.copyBack(before);
            }
            // removes exported batches, and those that the master caches in memory
            master.deleteTempFiles(spark);
            inputs.unpersist(false);
        }
    }

    private PretrainProgress progress(Stage stage, int epoch, double score) {
        LossTerms training = LossTerms.of(LossTerms.SCORE, score);
        return new PretrainProgress(stage.name(), stage.index(), epoch, epochs, -1, -1, training, null);
    }

    /** Builds a {@link SparkPretrainer}. */
    public static final class Builder {
        private final TrainingMaster<?, ?> master;
        private final List<PretrainListener> listeners = new ArrayList<>();
        private int epochs = 1;

        private Builder(TrainingMaster<?, ?> master) {
            this.master = master;
        }

        /** Epochs a layer, at least 1; default 1. */
        public Builder epochs(int epochs) {
            this.epochs = Args.atLeast("epochs", epochs, 1);
            return this;
        }

        /**
         * A listener that is called on the driver at the end of every epoch of a layer, when the layer's parameters are
         * in the network; may be called several times to add several. The energy is the mean score of the workers' last
         * batches, with the regularisation; the number of batches is not reported.
         */
        public Builder listener(PretrainListener listener) {
            this.listeners.add(Args.given("listener", listener));
            return this;
        }

        /** The pre-trainer. */
        public SparkPretrainer build() {
            return new SparkPretrainer(this);
        }
    }
}
