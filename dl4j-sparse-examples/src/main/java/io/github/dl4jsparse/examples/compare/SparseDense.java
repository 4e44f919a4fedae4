package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.task.LabelledTraining;
import io.github.dl4jsparse.train.DataStart;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Ours: a sparse code of the pixels below the classifier. Its atoms are images without labels, learned further or not, and the
 * classifier is trained on the codes; or an unrolled encoder is pre-trained and all layers are trained jointly with the energy of
 * all images.
 */
final class SparseDense implements Contender<MultiLayerNetwork> {
    private static final int UNITS = 1000;
    private static final int UNROLLED_UNITS = 400;
    private static final int UNROLLED_STEPS = 10;
    private static final int BATCH = 100;
    private static final int LABELLED_BATCH = 50;
    private static final int WARM_UP = 100;
    /** The layer that the classifier is on. */
    private static final int NORMALISED = 1;

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
    public Grid grid() {
        Grid grid = Grid.empty().pretraining("penalty", 0.05, 0.1);
        return joint
                ? grid.pretrainingEffort("pretrain epochs", 2, 1)
                        .axis("rate", 1e-3, 3e-3)
                        .axis("energy weight", 0.1, 1)
                        .effort("updates", 300, 150)
                : grid.pretraining("steps", 30, 60)
                        .pretraining("dictionary epochs", 0, 1)
                        .axis("dropout", 0.5, 0.3)
                        .effort("updates", 600, 1500);
    }

    private SparseLayerBuilder<?> code(Setting setting) {
        L1Penalty penalty = new L1Penalty(setting.value("penalty"));
        return joint
                ? new ListaLayer.Builder()
                        .nOut(UNROLLED_UNITS)
                        .iterations(UNROLLED_STEPS)
                        .penalty(penalty)
                        .unsupervisedWeight(setting.value("energy weight"))
                : new SparseCodingLayer.Builder()
                        .nOut(UNITS)
                        .solver(Fista.steps(setting.count("steps")))
                        .penalty(penalty.asNonNegative());
    }

    private MultiLayerNetwork network(SparseLayerBuilder<?> code, Unlabelled images, long seed) {
        return Networks.init(Networks.builder(seed)
                .updater(new Adam(3e-4))
                .list()
                .layer(code.inputScaling(true).build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(Networks.classifier(Pretraining.CLASSES, 0))
                .setInputType(Networks.rows(images)));
    }

    @Override
    public MultiLayerNetwork pretrain(Setting setting, Unlabelled images, long seed) {
        MultiLayerNetwork net = network(code(joint ? setting.with("energy weight", 0) : setting), images, seed);
        int epochs = setting.count(joint ? "pretrain epochs" : "dictionary epochs");
        if (epochs == 0) {
            DataStart.of(net, images.batches(BATCH), seed);
        } else {
            LayerwisePretrainer.builder()
                    .epochs(epochs)
                    .warmUp(WARM_UP)
                    .seed(seed)
                    .build()
                    .fit(net, images.batches(BATCH));
        }
        return net;
    }

    @Override
    public Classifier train(Setting setting, MultiLayerNetwork pretrained, Task task) {
        return joint ? trainAll(setting, pretrained, task) : trainClassifier(setting, pretrained, task);
    }

    private static Classifier trainClassifier(Setting setting, MultiLayerNetwork pretrained, Task task) {
        CodeClassifier head = new CodeClassifier(pretrained, NORMALISED, setting.value("dropout"), task.seed());
        head.fit(task.labelled(), LABELLED_BATCH, setting.count("updates"), 0.03, task.seed());
        return head;
    }

    private Classifier trainAll(Setting setting, MultiLayerNetwork pretrained, Task task) {
        MultiLayerNetwork net = network(code(setting), task.unlabelled(), task.seed());
        net.setParams(pretrained.params());
        WithUnlabelled mixed = new WithUnlabelled(task.unlabelled().images(), LABELLED_BATCH, task.seed());
        int updates = setting.count("updates");
        new LabelledTraining(LABELLED_BATCH, updates, setting.value("rate"), task.seed())
                .fit(net, task.labelled(), mixed);
        return Classifier.of(net);
    }
}
