package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.examples.run.StepProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains a stack with labels: first the classifier on the features as they are, which are computed once, then all layers. The
 * number of epochs is set beforehand: there is no data to choose it by.
 */
final class StackTraining {
    private static final int BATCH = 250;

    private final StackSettings settings;
    private final StackNetworks networks;
    private final Experiment experiment;

    /** @param experiment shows progress */
    StackTraining(StackSettings settings, StackNetworks networks, Experiment experiment) {
        this.settings = settings;
        this.networks = networks;
        this.experiment = experiment;
    }

    /**
     * Trains a network.
     *
     * @param net  a stack without decoders. Modified in place.
     * @param rate of the layers below the classifier
     */
    void train(MultiLayerNetwork net, DataSet labelled, double rate, long seed) {
        trainClassifier(net, labelled, seed);
        int epochs = settings.epochs(labelled.numExamples());
        ISchedule falling = FallingRate.linear(rate, FallingRate.TWENTIETH, epochs);
        net.setLearningRate(StackNetworks.FIRST, falling);
        net.setLearningRate(StackNetworks.SECOND, falling);
        net.setLearningRate(
                StackNetworks.CLASSIFIER,
                FallingRate.linear(settings.classifierRate() / 4, FallingRate.TWENTIETH, epochs));
        fit("all layers, " + labelled.numExamples() + " labels", net, labelled, settings.batch(), epochs, seed);
    }

    private void trainClassifier(MultiLayerNetwork net, DataSet labelled, long seed) {
        INDArray features = features(net, labelled.getFeatures());
        MultiLayerNetwork classifier =
                new MultiLayerNetwork(networks.classifierAlone(seed, features.size(1), settings.headEpochs()));
        classifier.init();
        fit(
                "classifier, " + labelled.numExamples() + " labels",
                classifier,
                new DataSet(features, labelled.getLabels()),
                settings.headBatch(labelled.numExamples()),
                settings.headEpochs(),
                seed);
        for (Map.Entry<String, INDArray> p : classifier.getLayer(0).paramTable().entrySet()) {
            net.getLayer(StackNetworks.CLASSIFIER).getParam(p.getKey()).assign(p.getValue());
        }
    }

    private void fit(String phase, MultiLayerNetwork net, DataSet data, int batch, int epochs, long seed) {
        DataSet shuffled =
                new DataSet(data.getFeatures().dup('c'), data.getLabels().dup('c'));
        try (StepProgress progress = experiment.progress(phase, epochs)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                shuffled.shuffle(seed + epoch);
                net.fit(new ViewIterator(shuffled, Math.min(batch, shuffled.numExamples())));
                progress.stepDone();
            }
        }
    }

    private static INDArray features(MultiLayerNetwork net, INDArray images) {
        List<INDArray> parts = new ArrayList<>();
        ViewIterator batches = new ViewIterator(new DataSet(images, images), BATCH);
        while (batches.hasNext()) {
            parts.add(net.feedForwardToLayer(
                            StackNetworks.NORMALISED, batches.next().getFeatures(), false)
                    .get(StackNetworks.NORMALISED + 1));
        }
        return Nd4j.vstack(parts);
    }

    /** The share of wrong answers. */
    static double error(MultiLayerNetwork net, DataSet data) {
        Evaluation evaluation = new Evaluation(Digits.CLASSES);
        ViewIterator batches = new ViewIterator(data, BATCH);
        while (batches.hasNext()) {
            DataSet batch = batches.next();
            evaluation.eval(batch.getLabels(), net.output(batch.getFeatures()));
        }
        return 1 - evaluation.accuracy();
    }
}
