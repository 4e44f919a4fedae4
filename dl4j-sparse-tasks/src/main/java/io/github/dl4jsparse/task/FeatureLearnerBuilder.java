package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.train.Decoders;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Settings of a {@link FeatureLearner}, and its training. The defaults are those that {@code compare} starts with on MNIST, with
 * more updates.
 */
public final class FeatureLearnerBuilder {
    private static final int BATCH = 25;
    private static final int WARM_UP = 50;
    private static final double HEAD_RATE = 0.03;
    /** Images that each stage is trained on, repetitions included, if epochs are not set. */
    private static final int SEEN = 10_000;

    private static final int MOST_EPOCHS = 20;

    private long seed = 1;
    private int epochs;
    private double penalty = 0.2;
    private int updates = 900;
    private double rate = 1e-3;
    private double dropout = 0.5;
    private boolean pretraining = true;
    private DoubleConsumer progress = done -> {};

    FeatureLearnerBuilder() {}

    /** Seed of weights, drawn labels and the order of images; default 1. */
    public FeatureLearnerBuilder seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Epochs of each stage without labels; by default as many as bring a stage to 10,000 images, from 1 to 20. */
    public FeatureLearnerBuilder epochs(int epochs) {
        this.epochs = Args.atLeast("epochs", epochs, 1);
        return this;
    }

    /** The weight lambda of the L1 norm in the first stage, halved from stage to stage; default 0.2. */
    public FeatureLearnerBuilder penalty(double lambda) {
        this.penalty = Args.nonNegative("penalty", lambda);
        return this;
    }

    /**
     * Updates of all layers with labels; before them the classifier alone is trained for twice as many; default 900.
     */
    public FeatureLearnerBuilder updates(int updates) {
        this.updates = Args.atLeast("updates", updates, 1);
        return this;
    }

    /** Learning rate of all layers with labels at the start; default .001. */
    public FeatureLearnerBuilder rate(double rate) {
        this.rate = Args.positive("rate", rate);
        return this;
    }

    /** Dropout: the share of the features that are set to zero in training of the classifier, 0 to .9; default .5. */
    public FeatureLearnerBuilder dropout(double share) {
        this.dropout = Args.inRange("dropout", share, 0, 0.9);
        return this;
    }

    /** Whether to learn from all images before the labels; default yes. Without it the same network starts from random weights. */
    public FeatureLearnerBuilder pretraining(boolean pretraining) {
        this.pretraining = pretraining;
        return this;
    }

    /** Called after every update with the share of all updates that is done, up to 1; default none. */
    public FeatureLearnerBuilder progress(DoubleConsumer done) {
        this.progress = Args.given("progress", done);
        return this;
    }

    /**
     * Learns from all images, and from the labels of some of them that are drawn by the seed, as many of each class as
     * possible. The labels of the others are not used.
     *
     * @param images with classes. Not modified.
     * @param labels how many
     * @throws IllegalArgumentException if the images have no classes, or only one class is drawn
     */
    public FeatureLearner fit(ExampleSet images, int labels) {
        return fit(images, images.select(FeatureLearner.draw(images, labels, seed)));
    }

    /**
     * Learns from images without labels, and from labelled ones.
     *
     * @param unlabelled its classes, if it has any, are not used. Not modified.
     * @param labelled   of the same size; they may be among the others. Not modified.
     * @throws IllegalArgumentException if the sizes differ, there is no label or only one class
     */
    public FeatureLearner fit(ExampleSet unlabelled, ExampleSet labelled) {
        long[] shape = requireImages("unlabelled", unlabelled);
        List<String> classes = requireClasses(labelled);
        if (!Arrays.equals(shape, requireImages("labelled", labelled))) {
            throw Args.failure(
                    "labelled images",
                    "of the size of those without labels, [channels, height, width] " + Arrays.toString(shape)
                            + "; read both in one size",
                    Arrays.toString(requireImages("labelled", labelled)));
        }
        FeatureNetwork network =
                new FeatureNetwork((int) shape[0], (int) shape[1], (int) shape[2], penalty, dropout, seed);
        MultiLayerNetwork net = network.init(classes.size());
        Updates done =
                new Updates(progress, 3L * updates + (pretraining ? pretrainingUpdates(unlabelled, network) : 0));
        if (pretraining) {
            pretrain(net, unlabelled, done);
        }
        net = Decoders.remove(net);
        net.getOutputLayer()
                .setParams(head(net, labelled, done).getOutputLayer().params());
        new LabelledTraining(BATCH, updates, rate, seed).fit(net, labelled.dataSet(), done);
        return new FeatureLearner(net, classes, shape);
    }

    private int epochs(ExampleSet images) {
        return epochs > 0 ? epochs : usualEpochs(images.size());
    }

    private long pretrainingUpdates(ExampleSet images, FeatureNetwork network) {
        int batch = Math.min(BATCH, images.size());
        return (long) network.stages() * epochs(images) * ((images.size() + batch - 1) / batch);
    }

    private void pretrain(MultiLayerNetwork net, ExampleSet images, Updates done) {
        LayerwisePretrainer.builder()
                .batch(Math.min(BATCH, images.size()))
                .epochs(epochs(images))
                .warmUp(WARM_UP)
                .seed(seed)
                .listener(done)
                .build()
                .fit(net, images.features());
    }

    /** Counts the updates of all phases. */
    private static final class Updates implements PretrainListener, UnaryOperator<DataSet> {
        private final DoubleConsumer told;
        private final long all;
        private long done;

        Updates(DoubleConsumer told, long all) {
            this.told = told;
            this.all = all;
        }

        @Override
        public void batchDone(PretrainProgress progress) {
            count();
        }

        @Override
        public DataSet apply(DataSet batch) {
            count();
            return batch;
        }

        private void count() {
            told.accept(Math.min(1, (double) ++done / all));
        }
    }

    static int usualEpochs(int images) {
        return Math.max(1, Math.min(MOST_EPOCHS, (int) Math.round((double) SEEN / images)));
    }

    /** Trains the classifier on codes of fixed encoders. */
    private MultiLayerNetwork head(MultiLayerNetwork net, ExampleSet labelled, Updates done) {
        INDArray codes = LayerCodes.of(net, net.getnLayers() - 2, labelled.features());
        MultiLayerNetwork head = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam())
                .list()
                .layer(FeatureNetwork.classifier(
                        codes.size(1), labelled.classes().size(), dropout))
                .build());
        head.init();
        new LabelledTraining(BATCH, 2 * updates, HEAD_RATE, seed)
                .fit(head, new DataSet(codes, labelled.oneHot()), done);
        return head;
    }

    private static long[] requireImages(String name, ExampleSet examples) {
        INDArray features = Args.given(name, examples).features();
        if (features.rank() != 4) {
            throw Args.failure(
                    name,
                    "images [images, channels, height, width]; for vectors train a ListaLayer with LayerwisePretrainer",
                    Arrays.toString(features.shape()));
        }
        return Arrays.copyOfRange(features.shape(), 1, 4);
    }

    private static List<String> requireClasses(ExampleSet labelled) {
        List<String> classes = Args.given("labelled", labelled).classes();
        if (classes.size() < 2) {
            throw Args.failure(
                    "labelled images",
                    "of at least two classes; put the images of each class into a folder of its own, or label more",
                    classes.isEmpty() ? "none" : "only \"" + classes.get(0) + "\"");
        }
        return classes;
    }
}
