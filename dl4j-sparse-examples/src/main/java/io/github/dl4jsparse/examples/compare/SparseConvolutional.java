package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Ours: a convolutional sparse code with average pooling below the classifier, pre-trained without labels; then all
 * layers with labels alone, or jointly with the energy of all images.
 */
final class SparseConvolutional implements Contender<MultiLayerNetwork> {
    private static final int MAPS = 32;
    private static final int SMALL = 16;
    private static final int BATCH = 25;

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
                .pretraining("penalty", 0.1, 0.3)
                .pretrainingEffort("pretrain epochs", 1, 2)
                .axis("rate", 1e-3, 3e-3)
                .effort("updates", 150, 300);
        return joint ? grid.axis("energy weight", 0.01, 0.1) : grid.axis("dropout", 0, 0.5);
    }

    private MultiLayerNetwork network(Setting setting, Unlabelled images, long seed, double weight, double dropout) {
        int kernel = Math.min(images.height(), images.width()) < SMALL ? 3 : 7;
        int pool = kernel / 2 + 1;
        return Networks.init(Networks.builder(seed)
                .updater(new Adam(1e-3))
                .list()
                .layer(new ConvolutionalListaLayer.Builder(kernel, kernel)
                        .nOut(MAPS)
                        .iterations(1)
                        .gain(true)
                        .penalty(new L1Penalty(setting.value("penalty")))
                        .unsupervisedWeight(weight)
                        .build())
                .layer(new SubsamplingLayer.Builder(PoolingType.AVG)
                        .kernelSize(pool, pool)
                        .stride(pool, pool)
                        .build())
                .layer(Networks.classifier(Pretraining.CLASSES, dropout))
                .setInputType(Networks.images(images)));
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = network(setting, images, seed, 0, 0);
        LayerwisePretrainer.builder()
                .epochs(setting.count("pretrain epochs"))
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
        int updates = setting.count("updates");
        UnaryOperator<DataSet> mixed =
                joint ? new WithUnlabelled(task.unlabelled().images(), BATCH, task.seed()) : UnaryOperator.identity();
        Fitting.fit(net, task.labelled(), BATCH, updates, setting.value("rate"), task.seed(), mixed);
        return Classifier.of(net);
    }
}
