package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.train.Decoders;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
public final class E3StackedAutoencoders implements Callable<Integer> {
    private static final String EXAMPLE = "stack";

    @Mixin
    private StackOptions options;

    @Spec
    private CommandSpec spec;

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        int draws = options.draws();
        NativeThreads.preferOne();
        StackData data = options.data();
        StackSettings settings = options.settings(data);
        List<Integer> labels = options.labels(data.train().numExamples());
        RunDirectory directory = RunDirectory.open(options.out());
        long seed = options.seed();
        long start = System.nanoTime();
        out().println("Training on " + data.name() + ", seed " + seed + " (" + settings.summary() + ")");
        StackNetworks networks = new StackNetworks(settings, data.height(), data.width());

        // 1. without labels, stage by stage
        MultiLayerNetwork pretrained = new MultiLayerNetwork(networks.stack(seed));
        pretrained.init();
        StackPretraining.run(pretrained, settings, data.unlabelled(settings.pretrainImages()), seed, out());
        MultiLayerNetwork control = new MultiLayerNetwork(networks.control(seed));
        control.init();
        StackPretraining.run(control, settings, data.unlabelled(settings.pretrainImages()), seed, out());
        double ratio = StackInvariance.ratio(pretrained, data.test().getFeatures());
        double ratioL1 = StackInvariance.ratio(control, data.test().getFeatures());
        out().printf(
                        Locale.ROOT,
                        "Variance of pools under shifts, as a part of that of units: %.3f; with L1 only %.3f%n",
                        ratio,
                        ratioL1);

        // 2. with labels, beside the same network with random weights
        StackTraining training = new StackTraining(settings, networks);
        MultiLayerNetwork best = Decoders.remove(pretrained);
        List<StackRow> table = new ArrayList<>();
        for (int number : labels) {
            List<Double> errors = new ArrayList<>();
            List<Double> randomErrors = new ArrayList<>();
            for (int draw = 0; draw < draws; draw++) {
                long own = seed + draw;
                MultiLayerNetwork net = Decoders.remove(pretrained);
                training.train(net, data.labelled(number, own), settings.pretrainedRate(), own);
                errors.add(StackTraining.error(net, data.test()));
                best = net;
                MultiLayerNetwork random = new MultiLayerNetwork(networks.unpretrained(own));
                random.init();
                random = Decoders.remove(random);
                StackPretraining.scaleOnly(random, data.train().getFeatures());
                training.train(random, data.labelled(number, own), settings.randomRate(), own);
                randomErrors.add(StackTraining.error(random, data.test()));
            }
            StackRow row = StackRow.of(number, errors, randomErrors);
            table.add(row);
            out().printf(
                            Locale.ROOT,
                            "%d labels: test error %.2f %% pre-trained, %.2f %% random, spread %.2f%n",
                            number,
                            row.pretrainedError(),
                            row.randomError(),
                            row.spread());
            out().flush();
        }

        // 3. what is left behind
        double seconds = (System.nanoTime() - start) / 1e9;
        directory.write("network.zip", best);
        directory.write(
                "result.json",
                new ResultJson(EXAMPLE, data.name(), seed, settings, seconds)
                        .with("table", table.stream().map(ResultJson::keys).toList())
                        .with("invarianceRatio", ratio)
                        .with("invarianceRatioL1", ratioL1));
        StackPictures pictures = new StackPictures(settings, pretrained);
        directory.write("filters-first.png", pictures.lower());
        directory.write("filters-second.png", pictures.upper());
        directory.write(
                "reconstructions.png", pictures.reconstructions(data.test().getFeatures()));
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
