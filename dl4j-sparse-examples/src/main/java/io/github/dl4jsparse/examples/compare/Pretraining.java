package io.github.dl4jsparse.examples.compare;

import io.github.dl4jsparse.examples.compare.Contender.Classifier;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.task.FeatureNetwork;
import io.github.dl4jsparse.task.LabelledTraining;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.learning.config.Adam;

/** What DL4J's own pre-trained networks share: a new classifier, then all layers with labels. */
final class Pretraining {
    /** Outputs of the classifier that a network has while it is pre-trained. */
    static final int CLASSES = Digits.CLASSES;

    private Pretraining() {}

    /**
     * Puts a new classifier on a copy of a pre-trained network and trains all layers.
     *
     * @param setting with rate, dropout and updates
     * @param net     its last layer is the classifier. Not modified.
     */
    static Classifier fineTune(Setting setting, MultiLayerNetwork net, Task task, int batch) {
        MultiLayerNetwork tuned = new TransferLearning.Builder(net)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .seed(task.seed())
                        .updater(new Adam())
                        .build())
                .removeOutputLayer()
                .addLayer(FeatureNetwork.classifier(features(net), task.classes(), setting.value("dropout")))
                .build();
        new LabelledTraining(batch, setting.count("updates"), setting.value("rate"), task.seed())
                .fit(tuned, task.labelled());
        return Classifier.of(tuned);
    }

    private static int features(MultiLayerNetwork net) {
        return net.layerInputSize(net.getnLayers() - 1);
    }
}
