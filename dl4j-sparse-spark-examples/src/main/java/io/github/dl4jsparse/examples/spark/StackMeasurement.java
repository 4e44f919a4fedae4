package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.train.HeldOutEnergyScore;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What one way of training brought, on test images.
 *
 * @param energy           of both stages after training without labels, a mean over images
 * @param loss             after training with labels: classification, and the stages' energies by their weight
 * @param testError        share of wrong answers
 * @param precision        a mean over classes
 * @param recall           a mean over classes
 * @param f1               a mean over classes
 * @param pretrainSeconds  without labels
 * @param trainingSeconds  with labels
 */
record StackMeasurement(
        double energy,
        double loss,
        double testError,
        double precision,
        double recall,
        double f1,
        double pretrainSeconds,
        double trainingSeconds) {

    /** Trains a network in place and measures on the way. */
    static StackMeasurement of(StackTrainer trainer, MultiLayerNetwork net, double learningRate, List<DataSet> test) {
        long start = System.nanoTime();
        trainer.pretrain(net);
        double pretrainSeconds = secondsSince(start);
        double energy = energy(net, test);

        net.setLearningRate(learningRate);
        start = System.nanoTime();
        trainer.train(net);
        double trainingSeconds = secondsSince(start);
        Evaluation evaluation = trainer.evaluate(net);
        return new StackMeasurement(
                energy,
                net.score(DataSet.merge(test)),
                1 - evaluation.accuracy(),
                evaluation.precision(),
                evaluation.recall(),
                evaluation.f1(),
                pretrainSeconds,
                trainingSeconds);
    }

    /** Energy of both stages, a mean over images. */
    static double energy(MultiLayerNetwork net, List<DataSet> images) {
        return HeldOutEnergyScore.<MultiLayerNetwork>ofAllLayers(new ExistingDataSetIterator(images))
                .calculateScore(net);
    }

    private static double secondsSince(long nanoseconds) {
        return (System.nanoTime() - nanoseconds) / 1e9;
    }

    /** A line for people. */
    String summary(String name) {
        return String.format(
                Locale.ROOT,
                "On %s: energy %.4f, %.0f s; with labels loss %.4f, test error %.2f %%, precision %.4f, recall %.4f, "
                        + "F1 %.4f, %.0f s",
                name,
                energy,
                pretrainSeconds,
                loss,
                100 * testError,
                precision,
                recall,
                f1,
                trainingSeconds);
    }
}
