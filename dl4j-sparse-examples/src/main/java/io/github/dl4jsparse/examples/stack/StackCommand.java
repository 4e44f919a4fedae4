package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.run.Repetitions;
import io.github.dl4jsparse.examples.run.ResultJson;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.train.Decoders;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Stacks two convolutional auto-encoders with group sparsity, trains them without labels, cuts the decoders and trains on
 * with few labels, beside the same network with random weights.
 * <p>\[ \min_{E,b,g,D} \sum_x \tfrac12 \lVert x - D z \rVert_2^2 + \lambda \sum_p \lVert z_p \rVert_2, \qquad
 * z = g \max(0, E * x - b) \]
 * where p runs over pools of neighbouring maps in windows of space; the input of the second stage are the norms of the
 * pools of the first.
 * <p>Start reading at {@link StackNetworks}, then {@link #call}.
 * <p>Reference: Ranzato, Huang, Boureau and LeCun, Unsupervised learning of invariant feature hierarchies with applications
 * to object recognition, CVPR 2007.
 */
@Command(
        name = "stack",
        description = {
            "Trains two stacked auto-encoders without labels, then with few.",
            "It writes filters of both stages, reconstructions, result.json and the network."
        })
public final class StackCommand implements Callable<Integer> {
    private static final String EXAMPLE = "stack";

    @Mixin
    private StackOptions options;

    @Spec
    private CommandSpec spec;

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        int draws = options.draws();
        StackData data = options.data();
        StackSettings settings = options.settings(data);
        List<Integer> labels = options.labels(data.train().numExamples());
        RunDirectory directory = RunDirectory.open(options.out());
        long seed = options.seed();
        long start = System.nanoTime();
        out().println("Training on " + data.name() + ", seed " + seed + " (" + settings.summary() + ")");
        StackNetworks networks = new StackNetworks(settings, data.height(), data.width());
        DataSet unlabelled = data.unlabelled(settings.pretrainImages());

        // in every draw its own seed: of filters to start from, of batches, of labelled images and of random weights
        StackTraining training = new StackTraining(settings, networks, out());
        Map<Integer, List<Double>> errors = new LinkedHashMap<>();
        Map<Integer, List<Double>> randomErrors = new LinkedHashMap<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> ratiosL1 = new ArrayList<>();
        MultiLayerNetwork first = null;
        MultiLayerNetwork last = null;
        for (int draw = 0; draw < draws; draw++) {
            long own = seed + draw;

            // 1. without labels, stage by stage
            MultiLayerNetwork pretrained = new MultiLayerNetwork(networks.stack(own));
            pretrained.init();
            StackPretraining.run(pretrained, settings, unlabelled, own, out());
            first = first == null ? pretrained : first;
            MultiLayerNetwork control = new MultiLayerNetwork(networks.control(own));
            control.init();
            StackPretraining.run(control, settings, unlabelled, own, out());
            ratios.add(StackInvariance.ratio(pretrained, data.test().getFeatures()));
            ratiosL1.add(StackInvariance.ratio(control, data.test().getFeatures()));

            // 2. with labels, beside the same network with random weights
            for (int number : labels) {
                DataSet labelled = data.labelled(number, own);
                MultiLayerNetwork net = Decoders.remove(pretrained);
                training.train(net, labelled, settings.pretrainedRate(), own);
                last = net;
                MultiLayerNetwork random = new MultiLayerNetwork(networks.unpretrained(own));
                random.init();
                random = Decoders.remove(random);
                StackPretraining.scaleOnly(random, data.train().getFeatures());
                training.train(random, labelled, settings.randomRate(), own);
                double error = StackTraining.error(net, data.test());
                double randomError = StackTraining.error(random, data.test());
                errors.computeIfAbsent(number, n -> new ArrayList<>()).add(error);
                randomErrors.computeIfAbsent(number, n -> new ArrayList<>()).add(randomError);
                print(
                        "Draw %d, %d labels: error %.2f %% pre-trained, %.2f %% random%n",
                        draw + 1, number, error, randomError);
            }
        }
        double ratio = Repetitions.mean(ratios);
        double ratioL1 = Repetitions.mean(ratiosL1);
        double spreadOfRatios = Repetitions.deviation(Repetitions.differences(ratiosL1, ratios));
        print(
                "Variance of pools under shifts, as a part of that of units: %.3f; with L1 only %.3f, spread of the "
                        + "difference %.3f%n",
                ratio, ratioL1, spreadOfRatios);
        List<StackRow> table = new ArrayList<>();
        for (int number : errors.keySet()) {
            StackRow row = StackRow.of(number, errors.get(number), randomErrors.get(number));
            table.add(row);
            print(
                    "%d labels, %d draws: error %.2f %% pre-trained, %.2f %% random, difference %.2f, its spread %.2f%n",
                    number,
                    draws,
                    row.pretrainedError(),
                    row.randomError(),
                    row.randomError() - row.pretrainedError(),
                    row.spread());
        }

        // 3. what is left behind
        double seconds = (System.nanoTime() - start) / 1e9;
        directory.write("network.zip", last);
        directory.write(
                "result.json",
                new ResultJson(EXAMPLE, data.name(), seed, settings, seconds)
                        .with("table", table.stream().map(ResultJson::keys).toList())
                        .with("invarianceRatio", ratio)
                        .with("invarianceRatioL1", ratioL1)
                        .with("invarianceRatios", ratios)
                        .with("invarianceRatiosL1", ratiosL1)
                        .with("invarianceSpread", spreadOfRatios));
        StackPictures pictures = new StackPictures(settings, first);
        directory.write("filters-first.png", pictures.lower());
        directory.write("filters-second.png", pictures.upper());
        directory.write(
                "reconstructions.png", pictures.reconstructions(data.test().getFeatures()));
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private void print(String format, Object... values) {
        out().printf(Locale.ROOT, format, values);
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
