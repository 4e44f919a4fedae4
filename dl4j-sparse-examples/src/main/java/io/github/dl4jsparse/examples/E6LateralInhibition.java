package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.examples.InhibitionSettings.Structure;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.constraint.LearnedInhibition;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Learns a dictionary whose units inhibit one another, from patches of natural images: a tree from general to selective filters, a map
 * or ring of filters that change little by little, or an inhibition that is learned itself.
 * <p>\[ \min_D \max_S \sum_x \min_z \tfrac12 \lVert x - D z \rVert_2^2 + \alpha \lvert z \rvert^{\top} S \lvert z \rvert
 * + \lambda \lVert z \rVert_1, \qquad \lVert D_i \rVert_2 \le 1 \]
 * where S is given, or within limits.
 * <p>Start reading at {@link #network}, then {@link #train}.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 */
@Command(
        name = "inhibition",
        description = {
            "Learns a dictionary of natural images whose units inhibit one another.",
            "It writes the filters as a picture in the order of their structure, result.json and the network."
        })
public final class E6LateralInhibition implements Callable<Integer> {
    @Mixin
    private InhibitionOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: one layer whose output is the code of least energy. */
    static MultiLayerConfiguration network(InhibitionSettings s, InhibitionMatrix inhibition, long seed) {
        SparseCodingLayer.Builder layer = new SparseCodingLayer.Builder()
                .nOut(s.units())
                .penalty(s.penalty(inhibition))
                .inputGradient(false);
        if (s.structure() == Structure.LEARNED) {
            layer.learnInhibition(LearnedInhibition.ascent(s.columnSum(), s.maxEntry()))
                    .learningRateFactor(SparseCodingLayer.INHIBITION, s.inhibitionRate());
        }
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(s.schedule()))
                .list()
                .layer(layer.build())
                .setInputType(InputType.feedForward((long) s.patch() * s.patch()))
                .build();
    }

    /** Trains a network: solve for the codes of a batch, move the dictionary downhill and a learned S uphill. */
    private MultiLayerNetwork train(
            InhibitionSettings s, InhibitionMatrix inhibition, NaturalPatches data, LossCurves curves, String what) {
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, inhibition, options.seed()));
        net.init();
        // every atom starts as a patch, so that none is idle
        data.training().reset();
        INDArray patches = data.training().next(s.units()).getFeatures();
        data.training().reset();
        DataDictionary.seed(net.getLayer(0), patches, 1, options.seed());
        long batches = s.sampling().batches();
        try (TrainingProgress progress = new TrainingProgress(what, s.epochs(), batches, out())) {
            LayerwisePretrainer.builder()
                    .epochs(s.epochs())
                    // new patches in every epoch: nothing is to be kept
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, curves))
                    .build()
                    .fit(net, data.training());
        }
        return net;
    }

    private InhibitionRun run(InhibitionSettings s, NaturalPatches data, long seed) {
        long start = System.nanoTime();
        InhibitionMatrix inhibition = s.inhibition();
        LossCurves curves = new LossCurves();
        MultiLayerNetwork net = train(s, inhibition, data, curves, "learning");
        InhibitionCodes codes = InhibitionCodes.of(net, s, inhibition, data.heldOut());
        InhibitionCodes control = null;
        if (InhibitionMeasurement.hasControl(s)) {
            // the same entries between units at random: what remains is not due to the structure
            InhibitionMatrix shuffled = inhibition.select(shuffle(s.units(), seed));
            MultiLayerNetwork other = train(s, shuffled, data, new LossCurves(), "control, S shuffled");
            control = InhibitionCodes.of(other, s, shuffled, data.heldOut());
        }
        double recovery = s.structure() == Structure.LEARNED ? s.planted().zeroRecovery(seed) : Double.NaN;
        InhibitionMeasurement measured = InhibitionMeasurement.of(codes, control, s, seed, recovery);
        return new InhibitionRun(s, seed, data.name(), net, curves, codes, measured, (System.nanoTime() - start) / 1e9);
    }

    private static int[] shuffle(int units, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, units).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order.stream().mapToInt(unit -> unit).toArray();
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        InhibitionSettings settings = options.settings();
        NativeThreads.preferOne();
        RunDirectory directory = RunDirectory.open(options.out());
        NaturalPatches data = options.patches(settings.sampling());
        out().println("Learning from " + data.name() + ", seed " + options.seed() + " (" + settings.summary() + ")");
        InhibitionRun run = run(settings, data, options.seed());
        run.write(directory);
        out().println(run.summary());
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
