package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.normalization.LocalContrastLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.task.LabelledTraining;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Ours: two convolutional sparse codes with pools of squares below the classifier, pre-trained without labels; then the
 * classifier, and then all layers with labels alone, or jointly with the energy of all images.
 */
final class SparseConvolutional implements Contender<MultiLayerNetwork> {
    private static final int SMALL = 16;
    private static final int BATCH = 25;
    private static final int WARM_UP = 50;
    /** The layer that the classifier is on. */
    private static final int NORMALISED = 5;

    private static final double HEAD_RATE = 0.03;

    private final boolean joint;

    /** @param joint whether the training with labels goes on with the unlabelled images too */
    SparseConvolutional(boolean joint) {
        this.joint = joint;
    }

    @Override
    public String name() {
        return joint ? "ours, convolutional, joint" : "ours, convolutional, pre-trained";
    }

    @Override
    public Kind kind() {
        return Kind.OUR_CONVOLUTIONAL;
    }

    @Override
    public String pretraining() {
        return "ours, convolutional";
    }

    @Override
    public Grid grid() {
        Grid grid = Grid.empty()
                .pretraining("penalty", 0.2, 0.1)
                .pretrainingEffort("pretrain epochs", 1, 2)
                .axis("rate", 1e-3, 3e-4)
                .effort("updates", 300, 150);
        return joint ? grid.axis("energy weight", 0.01, 0.1) : grid.axis("dropout", 0.5, 0.3);
    }

    private MultiLayerNetwork network(Setting setting, Unlabelled images, long seed, double weight, double dropout) {
        boolean small = Math.min(images.height(), images.width()) < SMALL;
        double penalty = setting.value("penalty");
        return Networks.init(Networks.builder(seed)
                .updater(new Adam(1e-3))
                .list()
                .layer(new LocalContrastLayer.Builder().build())
                .layer(maps(32, small ? 3 : 7, penalty, weight))
                .layer(pools(small ? 2 : 4, small ? 1 : 3))
                .layer(maps(64, small ? 3 : 5, penalty / 2, weight))
                .layer(pools(3, small ? 2 : 3))
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(Networks.classifier(Pretraining.CLASSES, dropout))
                .setInputType(Networks.images(images)));
    }

    private static ConvolutionalListaLayer maps(int number, int side, double penalty, double weight) {
        return new ConvolutionalListaLayer.Builder(side, side)
                .nOut(number)
                .gain(true)
                .inputScaling(true)
                .penalty(new L1Penalty(penalty))
                .unsupervisedWeight(weight)
                .build();
    }

    private static GroupL2PoolingLayer pools(int side, int stride) {
        return new GroupL2PoolingLayer.Builder()
                .window(side, side)
                .stride(stride, stride)
                .build();
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = network(setting, images, seed, 0, 0);
        LayerwisePretrainer.builder()
                .epochs(setting.count("pretrain epochs"))
                .warmUp(WARM_UP)
                .seed(seed)
                .build()
                .fit(net, images.batches(BATCH));
        return net;
    }

    @Override
    public Classifier train(Setting setting, MultiLayerNetwork pretrained, Task task) {
        double weight = joint ? setting.value("energy weight") : 0;
        double dropout = joint ? 0 : setting.value("dropout");
        MultiLayerNetwork net = network(setting, task.unlabelled(), task.seed(), weight, dropout);
        net.setParams(pretrained.params());
        CodeClassifier head = new CodeClassifier(net, NORMALISED, dropout, task.seed());
        int updates = setting.count("updates");
        head.fit(task.labelled(), BATCH, 2 * updates, HEAD_RATE, task.seed());
        head.copyTo(net);
        UnaryOperator<DataSet> mixed =
                joint ? new WithUnlabelled(task.unlabelled().images(), BATCH, task.seed()) : UnaryOperator.identity();
        new LabelledTraining(BATCH, updates, setting.value("rate"), task.seed()).fit(net, task.labelled(), mixed);
        return Classifier.of(net);
    }
}
