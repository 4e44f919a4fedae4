package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.examples.patch.PatchTraining;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Learns a dictionary from patches of natural images: edges, and with a structured penalty groups, maps or trees of them.
 * <p>\[ \min_D \sum_x \min_z \tfrac12 \lVert x - D z \rVert_2^2 + \lambda \sum_g \lVert z_g \rVert_2, \qquad
 * \lVert D_i \rVert_2 \le 1 \]
 * where g runs over single units, disjoint groups, windows of a map or subtrees of a tree.
 * <p>Start reading at {@link #network}, then {@link #run}.
 * <p>Reference: Olshausen and Field, Emergence of simple-cell receptive field properties by learning a sparse code for
 * natural images, Nature 381, 1996.
 */
@Command(
        name = "dictionary",
        description = {
            "Learns a dictionary from natural images.",
            "It writes the filters as a picture in the order of their structure, result.json and the network."
        })
public final class DictionaryCommand implements Callable<Integer> {
    @Mixin
    private DictionaryOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: one layer whose output is the sparse code of least energy. */
    static MultiLayerConfiguration network(DictionarySettings s, CodeStructure structure, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(s.schedule().rate()))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(structure.groups().units())
                        .penalty(structure.penalty(s.lambda()))
                        .solver(structure.solver())
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.feedForward((long) s.patch() * s.patch()))
                .build();
    }

    /** One run from data to results. */
    private DictionaryRun run(DictionarySettings s, NaturalPatches data, EncoderSchedule encoders, long seed) {
        long start = System.nanoTime();
        CodeStructure structure = s.structure();
        PatchSchedule schedule = s.schedule();
        PatchTraining training = new PatchTraining(data, schedule, out());
        MultiLayerNetwork net = training.start(network(s, structure, seed), seed);
        LossCurves curves = new LossCurves();
        training.learn("learning", net, schedule.epochsBeforePruning(), curves);

        // a tree that has grown too large loses branches, and learns on as a smaller network
        TreePruning pruning = null;
        if (structure instanceof UnitTree grown && schedule.isPruned()) {
            int[] kept = TreePruning.byUse(net, grown.tree(), schedule.pruneTo(), data);
            pruning = TreePruning.of(net, grown.tree(), kept, (n, tree) -> codes(n, new UnitTree(tree), s, data));
            structure = new UnitTree(pruning.left());
            net = pruning.net();
            training.learn("learning on", net, schedule.epochsAfterPruning(), curves);
        }

        // codes of other patches, as exact as the solver makes them
        DictionaryCodes codes = codes(net, structure, s, data);
        DictionaryMeasurement measured = DictionaryMeasurement.of(codes, s, seed);
        TreePruningMeasurement pruned = null;
        if (pruning != null) {
            CodeStructure regular = UnitTree.regular(pruning.kept().length, s.branching());
            pruned = pruning.measured(
                    codes,
                    fromTheStart(s, structure, training, seed + 1),
                    fromTheStart(s, regular, training, seed + 1));
        }

        // encoders that predict those codes in a few steps
        EncoderComparison encoder = encoders == null
                ? null
                : EncoderComparison.of(new EncoderTraining(
                        codes, s.lambda(), data, encoders, schedule.sampling().batches(), seed, out()));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new DictionaryRun(s, seed, data.name(), net, curves, codes, measured, pruning, pruned, encoder, seconds);
    }

    /** Codes with a tree that is small from the start. */
    private static DictionaryCodes fromTheStart(
            DictionarySettings s, CodeStructure structure, PatchTraining training, long seed) {
        MultiLayerNetwork net = training.whole("for comparison", network(s, structure, seed), seed);
        return codes(net, structure, s, training.data());
    }

    private static DictionaryCodes codes(
            MultiLayerNetwork net, CodeStructure structure, DictionarySettings s, NaturalPatches data) {
        return DictionaryCodes.of(net, structure, s.lambda(), data.heldOut());
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        DictionarySettings settings = options.settings();
        RunDirectory directory = RunDirectory.open(options.out());
        NaturalPatches data = options.patches(settings.schedule().sampling());
        out().println("Learning from " + data.name() + ", seed " + options.seed() + " (" + settings.summary() + ")");
        DictionaryRun run = run(settings, data, options.encoder(), options.seed());
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
