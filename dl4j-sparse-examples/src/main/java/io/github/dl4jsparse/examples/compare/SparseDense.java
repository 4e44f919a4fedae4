package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Ours: a sparse code of the pixels below the classifier, pre-trained without labels; then all layers with labels
 * alone, or jointly with the energy of all images.
 */
final class SparseDense implements Contender<MultiLayerNetwork> {
    private static final int UNITS = 400;
    private static final int BATCH = 100;
    private static final int LABELLED_BATCH = 50;

    private final boolean joint;

    /** @param joint whether the training with labels goes on with the unlabelled images too */
    SparseDense(boolean joint) {
        this.joint = joint;
    }

    @Override
    public String name() {
        return joint ? "ours, dense, joint" : "ours, dense, pre-trained";
    }

    @Override
    public Kind kind() {
        return Kind.OUR_DENSE;
    }

    @Override
    public String pretraining() {
        return "ours, dense";
    }

    @Override
    public Grid grid() {
        Grid grid = Grid.empty()
                .pretraining("penalty", 0.02, 0.05)
                .pretrainingEffort("pretrain epochs", 5, 10)
                .axis("rate", 3e-3, 1e-3, 1e-2)
                .effort("updates", 600, 1500);
        return joint ? grid.axis("energy weight", 0.1, 1) : grid.axis("dropout", 0, 0.5);
    }

    private MultiLayerNetwork network(Setting setting, Unlabelled images, long seed, double weight, double dropout) {
        return Networks.init(Networks.builder(seed)
                .updater(new Adam(3e-4))
                .list()
                .layer(new ListaLayer.Builder()
                        .nOut(UNITS)
                        .iterations(3)
                        .penalty(new L1Penalty(setting.value("penalty")))
                        .unsupervisedWeight(weight)
                        .build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(Networks.classifier(Pretraining.CLASSES, dropout))
                .setInputType(Networks.rows(images)));
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = network(setting, images, seed, 0, 0);
        LayerwisePretrainer.builder()
                .epochs(setting.count("pretrain epochs"))
                .seed(seed)
                .build()
                .fit(net, new Unlabelled(unitNorm(images.images()), images.height(), images.width()).batches(BATCH));
        return net;
    }

    @Override
    public Classifier train(Setting setting, MultiLayerNetwork pretrained, Task task) {
        double weight = joint ? setting.value("energy weight") : 0;
        double dropout = joint ? 0 : setting.value("dropout");
        MultiLayerNetwork net = network(setting, task.unlabelled(), task.seed(), weight, dropout);
        net.setParams(pretrained.params());
        DataSet labelled = new DataSet(
                unitNorm(task.labelled().getFeatures()), task.labelled().getLabels());
        int updates = setting.count("updates");
        UnaryOperator<DataSet> mixed = joint
                ? new WithUnlabelled(unitNorm(task.unlabelled().images()), LABELLED_BATCH, task.seed())
                : UnaryOperator.identity();
        Fitting.fit(net, labelled, LABELLED_BATCH, updates, setting.value("rate"), task.seed(), mixed);
        return images -> net.output(unitNorm(images));
    }

    /** Rows of length 1; an empty image stays zero. */
    private static INDArray unitNorm(INDArray images) {
        return images.divColumnVector(images.norm2(true, 1).addi(1e-12));
    }
}
