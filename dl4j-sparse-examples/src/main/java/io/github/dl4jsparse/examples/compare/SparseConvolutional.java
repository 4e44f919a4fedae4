package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.task.FeatureNetwork;
import io.github.dl4jsparse.task.LabelledTraining;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Ours: two convolutional sparse codes with pools of squares below the classifier, pre-trained without labels; then the
 * classifier, and then all layers with labels alone, or jointly with the energy of all images.
 */
final class SparseConvolutional implements Contender<MultiLayerNetwork> {
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

    private static MultiLayerNetwork network(
            Setting setting, Unlabelled images, long seed, double weight, double dropout) {
        return new FeatureNetwork(1, images.height(), images.width(), setting.value("penalty"), dropout, seed)
                .init(Pretraining.CLASSES, Networks.images(images), weight);
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
