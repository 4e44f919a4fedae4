package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.task.LabelledTraining;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The classifier alone, on pixels. */
final class LogisticRegression implements Contender<Void> {
    private static final int BATCH = 50;

    @Override
    public String name() {
        return "logistic regression";
    }

    @Override
    public Kind kind() {
        return Kind.DENSE;
    }

    @Override
    public Grid grid() {
        return Grid.empty()
                .axis("rate", 3e-3, 1e-3, 1e-2, 3e-2)
                .axis("l2", 1e-4, 1e-3, 1e-2)
                .effort("updates", 1000, 300, 2000);
    }

    @Override
    public Classifier train(Setting setting, Void nothing, Task task) {
        MultiLayerNetwork net = Networks.init(Networks.builder(task.seed())
                .l2(setting.value("l2"))
                .list()
                .layer(Networks.classifier(task.classes(), 0))
                .setInputType(Networks.rows(task.unlabelled())));
        new LabelledTraining(BATCH, setting.count("updates"), setting.value("rate"), task.seed())
                .fit(net, task.labelled());
        return Classifier.of(net);
    }
}
