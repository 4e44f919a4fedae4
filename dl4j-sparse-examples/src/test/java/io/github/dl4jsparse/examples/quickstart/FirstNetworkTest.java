package io.github.dl4jsparse.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.examples.data.Digits;
import java.io.IOException;
import java.util.Locale;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** On 100 labelled ones of the small digits, three draws. What is tuned is in {@code MnistTableTest}. */
class FirstNetworkTest {
    private static final int LABELS = 100;
    private static final int SEEDS = 3;

    /** Right answers in per cent, one for each seed: its weights, and the images with labels. */
    private static double[] accuracies(Training training) throws IOException {
        double[] right = new double[SEEDS];
        for (int seed = 1; seed <= SEEDS; seed++) {
            Digits digits = Digits.embeddedPixels(3);
            DataSet train = digits.train();
            train.shuffle(seed);
            MultiLayerNetwork net = training.run(train, part(train, LABELS), seed);
            right[seed - 1] =
                    100 * net.evaluate(new ViewIterator(digits.test(), 250)).accuracy();
        }
        return right;
    }

    private interface Training {
        MultiLayerNetwork run(DataSet unlabelled, DataSet labelled, long seed);
    }

    private static DataSet part(DataSet data, int number) {
        org.nd4j.linalg.dataset.api.DataSet range = data.getRange(0, number);
        return new DataSet(range.getFeatures().dup('c'), range.getLabels().dup('c'));
    }

    private static Training ours(LongFunction<MultiLayerNetwork> network, boolean all) {
        return (unlabelled, labelled, seed) -> FirstNetwork.train(network.apply(seed), unlabelled, labelled, all);
    }

    /** The labels alone, as many updates as ours has. */
    private static Training theirs(boolean hidden, double rate) {
        return (unlabelled, labelled, seed) -> {
            NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                    .seed(seed)
                    .updater(new Adam(rate))
                    .weightInit(WeightInit.RELU)
                    .list();
            if (hidden) {
                list.layer(new DenseLayer.Builder()
                        .nOut(256)
                        .activation(Activation.RELU)
                        .build());
            }
            MultiLayerNetwork net = new MultiLayerNetwork(list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(Digits.CLASSES)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.feedForward(64))
                    .build());
            net.init();
            net.fit(new ViewIterator(labelled, 50), 1 + 5_000 / labelled.numExamples());
            return net;
        };
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    /** The mean of the differences is above their deviation. */
    private static void assertBetter(String name, double[] ours, double[] others) {
        double[] differences = new double[SEEDS];
        for (int i = 0; i < SEEDS; i++) {
            differences[i] = ours[i] - others[i];
        }
        double mean = mean(differences);
        double squares = java.util.Arrays.stream(differences)
                .map(d -> (d - mean) * (d - mean))
                .sum();
        double spread = Math.sqrt(squares / (SEEDS - 1));
        String text = String.format(
                Locale.ROOT,
                "%s: %.1f against %.1f %%, difference %.1f, spread %.1f",
                name,
                mean(ours),
                mean(others),
                mean,
                spread);
        System.out.println(text);
        assertTrue(mean > spread, text);
    }

    @Test
    void isBetterThanTheLabelsAlone() throws IOException {
        double[] dense = accuracies(ours(seed -> FirstNetwork.dense(8, 8, seed), false));
        double[] maps = accuracies(ours(seed -> FirstNetwork.convolutional(8, 8, seed), true));
        double[] logistic = accuracies(theirs(false, 1e-2));
        double[] hidden = accuracies(theirs(true, 3e-3));
        assertBetter("dense beside logistic regression", dense, logistic);
        assertBetter("dense beside a dense network", dense, hidden);
        assertBetter("convolutional beside logistic regression", maps, logistic);
        assertBetter("convolutional beside a dense network", maps, hidden);
    }
}
