package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.inhibition.InhibitionSettings.Structure;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.examples.patch.PatchTraining;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.train.PretrainListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Random;
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
 * Learns a dictionary whose units inhibit one another, from patches of natural images: a tree from general to selective filters, a map
 * or ring of filters that change little by little, or an inhibition that is learned itself.
 * <p>\[ \min_D \max_S \sum_x \min_z \tfrac12 \lVert x - D z \rVert_2^2 + \alpha \lvert z \rvert^{\top} S \lvert z \rvert
 * + \lambda \lVert z \rVert_1, \qquad \lVert D_i \rVert_2 \le 1 \]
 * where S is given, or within limits.
 * <p>Start reading at {@link #network}, then {@link #run}.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 */
@Command(
        name = "inhibition",
        description = {
            "Learns a dictionary of natural images whose units inhibit one another.",
            "It writes the filters as a picture in the order of their structure, result.json and the network."
        })
public final class InhibitionCommand implements Callable<Integer> {
    @Mixin
    private InhibitionOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: one layer whose output is the code of least energy, with S learned or as it is. */
    static MultiLayerConfiguration network(
            InhibitionSettings s, InhibitionMatrix inhibition, boolean learned, long seed) {
        SparseCodingLayer.Builder layer = new SparseCodingLayer.Builder()
                .nOut(inhibition.units())
                .penalty(s.penalty(inhibition))
                .inputGradient(false);
        if (learned) {
            LearnedInhibition how = LearnedInhibition.ascent(s.columnSum(), s.maxEntry());
            layer.penalty(s.penalty(inhibition).learned(how))
                    .learningRateFactor(SparseCodingLayer.INHIBITION, s.inhibitionRate());
        }
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(s.schedule().rate()))
                .list()
                .layer(layer.build())
                .setInputType(InputType.feedForward((long) s.patch() * s.patch()))
                .build();
    }

    /** One run from data to results: solve for the codes of a batch, move the dictionary downhill and a learned S uphill. */
    private InhibitionRun run(InhibitionSettings s, NaturalPatches data, long seed) {
        long start = System.nanoTime();
        PatchSchedule schedule = s.schedule();
        PatchTraining training = new PatchTraining(data, schedule, out());
        boolean learned = s.structure() == Structure.LEARNED;
        InhibitionMatrix inhibition = s.inhibition();
        Tree tree = s.structure() == Structure.TREE ? s.tree() : null;
        MultiLayerNetwork net = training.start(network(s, inhibition, learned, seed), seed);
        LossCurves curves = new LossCurves();
        CoFiringHistory history = learned ? new CoFiringHistory(net, s, data.heldOut()) : null;
        PretrainListener[] listeners = learned ? new PretrainListener[] {history} : new PretrainListener[0];
        training.learn("learning", net, schedule.epochsBeforePruning(), curves, listeners);

        // a tree that has grown too large loses branches, and learns on as a smaller network
        TreePruning pruning = null;
        if (schedule.isPruned()) {
            int[] kept = TreePruning.byAbsence(net, tree, schedule.pruneTo(), data);
            pruning = TreePruning.of(net, tree, kept, (n, t) -> codes(n, s, t, data));
            tree = pruning.left();
            inhibition = InhibitionMatrix.tree(tree, 1);
            net = pruning.net();
            training.learn("learning on", net, schedule.epochsAfterPruning(), curves);
        }

        InhibitionCodes codes = InhibitionCodes.of(net, s, inhibition, tree, data.heldOut());
        InhibitionCodes control = null;
        if (tree != null) {
            // the same entries between units at random: what remains is not due to the structure
            InhibitionMatrix shuffled = inhibition.select(Shuffles.of(tree.size(), new Random(seed)));
            MultiLayerNetwork other = training.whole("control, S shuffled", network(s, shuffled, false, seed), seed);
            control = InhibitionCodes.of(other, s, shuffled, tree, data.heldOut());
        }
        double recovery = learned ? s.planted().zeroRecovery(seed) : Double.NaN;
        InhibitionMeasurement measured = InhibitionMeasurement.of(codes, control, s, seed, recovery);
        LearnedMeasurement effect = learned ? LearnedMeasurement.of(codes, s, history, seed) : null;
        TreePruningMeasurement pruned = null;
        if (pruning != null) {
            Tree regular = UnitTree.regular(tree.size(), s.branching()).tree();
            pruned = pruning.measured(
                    codes, fromTheStart(s, tree, training, seed + 1), fromTheStart(s, regular, training, seed + 1));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new InhibitionRun(s, seed, data.name(), net, curves, codes, measured, effect, pruning, pruned, seconds);
    }

    private static InhibitionCodes codes(MultiLayerNetwork net, InhibitionSettings s, Tree tree, NaturalPatches data) {
        return InhibitionCodes.of(net, s, InhibitionMatrix.tree(tree, 1), tree, data.heldOut());
    }

    /** Codes with a tree that is small from the start. */
    private static InhibitionCodes fromTheStart(InhibitionSettings s, Tree tree, PatchTraining training, long seed) {
        MultiLayerConfiguration conf = network(s, InhibitionMatrix.tree(tree, 1), false, seed);
        MultiLayerNetwork net = training.whole("for comparison", conf, seed);
        return codes(net, s, tree, training.data());
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        InhibitionSettings settings = options.settings();
        RunDirectory directory = RunDirectory.open(options.out());
        NaturalPatches data = options.patches(settings.schedule().sampling());
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
