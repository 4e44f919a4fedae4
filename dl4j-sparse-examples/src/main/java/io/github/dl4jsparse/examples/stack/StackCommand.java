package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.train.Decoders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;

/**
 * Stacks two convolutional auto-encoders with group sparsity, trains them without labels, cuts the decoders and trains on
 * with few labels, beside the same network with random weights.
 * <p>\[ \min_{E,b,g,D} \sum_x \tfrac12 \lVert x - D z \rVert_2^2 + \lambda \sum_p \lVert z_p \rVert_2, \qquad
 * z = g \max(0, E * x - b) \]
 * where p runs over pools of neighbouring maps in windows of space; the input of the second stage are the norms of the
 * pools of the first.
 * <p>Start reading at {@link StackNetworks}, then {@link #run}.
 * <p>Reference: Ranzato, Huang, Boureau and LeCun, Unsupervised learning of invariant feature hierarchies with applications
 * to object recognition, CVPR 2007.
 */
@Command(
        name = "stack",
        description = {
            "Trains two stacked auto-encoders without labels, then with few.",
            "It writes filters of both stages, reconstructions, result.json and the network."
        })
public final class StackCommand extends ExperimentCommand<StackSettings, StackData> {
    public StackCommand() {
        super(new StackSettings());
    }

    @Override
    protected StackData data(StackSettings s, long seed) throws IOException {
        StackData data = s.data(seed);
        s.forImages(data.height(), data.width()).labels(data.train().numExamples());
        return data;
    }

    @Override
    protected String opening(StackSettings s, StackData data, long seed) {
        return "Training on " + data.name() + ", seed " + seed + " (" + s.summary() + ")";
    }

    /** All draws; each has its own seed, of filters to start from, batches, labelled images and random weights. */
    @Override
    protected StackResult run(StackSettings s, StackData data, long seed, Experiment experiment) {
        List<StackDraw> draws = new ArrayList<>();
        for (int draw = 0; draw < s.draws(); draw++) {
            StackDraw done = draw(s, data, seed + draw, experiment);
            for (int number : done.errors().keySet()) {
                experiment.say(String.format(
                        Locale.ROOT,
                        "Draw %d, %d labels: error %.2f %% pre-trained, %.2f %% random",
                        draw + 1,
                        number,
                        100 * done.errors().get(number),
                        100 * done.randomErrors().get(number)));
            }
            draws.add(done);
        }
        return StackResult.of(s, data, draws);
    }

    private static StackDraw draw(StackSettings s, StackData data, long seed, Experiment experiment) {
        StackNetworks networks = new StackNetworks(s, data.height(), data.width());
        DataSet unlabelled = data.unlabelled(s.pretrainImages());

        // 1. without labels, stage by stage
        MultiLayerNetwork pretrained = initialised(networks.stack(seed));
        StackPretraining.run(pretrained, s, unlabelled, seed, experiment);
        MultiLayerNetwork control = initialised(networks.control(seed));
        StackPretraining.run(control, s, unlabelled, seed, experiment);

        // 2. with labels, beside the same network with random weights
        StackTraining training = new StackTraining(s, networks, experiment);
        Map<Integer, Double> errors = new LinkedHashMap<>();
        Map<Integer, Double> randomErrors = new LinkedHashMap<>();
        MultiLayerNetwork trained = null;
        for (int number : s.labels(data.train().numExamples())) {
            DataSet labelled = data.labelled(number, seed);
            trained = Decoders.remove(pretrained);
            training.train(trained, labelled, s.pretrainedRate(), seed);
            MultiLayerNetwork random = Decoders.remove(initialised(networks.unpretrained(seed)));
            StackPretraining.scaleOnly(random, data.train().getFeatures());
            training.train(random, labelled, s.randomRate(), seed);
            errors.put(number, StackTraining.error(trained, data.test()));
            randomErrors.put(number, StackTraining.error(random, data.test()));
        }
        INDArray images = data.test().getFeatures();
        return new StackDraw(
                pretrained,
                trained,
                errors,
                randomErrors,
                StackInvariance.ratio(pretrained, images),
                StackInvariance.ratio(control, images));
    }

    private static MultiLayerNetwork initialised(MultiLayerConfiguration configuration) {
        MultiLayerNetwork net = new MultiLayerNetwork(configuration);
        net.init();
        return net;
    }
}
