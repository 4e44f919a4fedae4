package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.task.LabelledTraining;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** One layer of rectified units below the classifier, from random weights. */
final class DenseNetwork implements Contender<Void> {
    private static final int BATCH = 50;

    @Override
    public String name() {
        return "dense network";
    }

    @Override
    public Kind kind() {
        return Kind.DENSE;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .axis("units", 400, 800)
                .axis("rate", 1e-3, 3e-4, 3e-3)
                .axis("dropout", 0.5, 0)
                .axis("l2", 1e-4, 1e-3)
                .effort("updates", 600, 1500);
    }

    @Override
    public Classifier train(Setting setting, Void nothing, Task task) {
        MultiLayerNetwork net = Networks.init(Networks.rectified(task.seed())
                .l2(setting.value("l2"))
                .list()
                .layer(new DenseLayer.Builder().nOut(setting.count("units")).build())
                .layer(Networks.classifier(task.classes(), setting.value("dropout")))
                .setInputType(Networks.rows(task.unlabelled())));
        new LabelledTraining(BATCH, setting.count("updates"), setting.value("rate"), task.seed())
                .fit(net, task.labelled());
        return Classifier.of(net);
    }
}
