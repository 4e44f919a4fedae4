package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.examples.patch.PatchTraining;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.io.IOException;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;

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
public final class InhibitionCommand extends ExperimentCommand<InhibitionSettings, NaturalPatches> {
    public InhibitionCommand() {
        super(new InhibitionSettings());
    }

    @Override
    protected NaturalPatches data(InhibitionSettings s, long seed) throws IOException {
        return s.patches(seed);
    }

    @Override
    protected String opening(InhibitionSettings s, NaturalPatches data, long seed) {
        return s.opening(data.name(), seed, s.summary());
    }

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

    /** One run from data to result: solve for the codes of a batch, move the dictionary downhill and a learned S uphill. */
    @Override
    protected InhibitionResult run(InhibitionSettings s, NaturalPatches data, long seed, Experiment experiment) {
        PatchTraining training = new PatchTraining(data, s.schedule(), experiment);
        return switch (s.structure()) {
            case TREE -> tree(s, training, seed);
            case LEARNED -> learned(s, training, seed);
            case ANNULUS, RING -> {
                LossCurves curves = new LossCurves();
                MultiLayerNetwork net = training.start(network(s, s.inhibition(), false, seed), seed);
                training.learn("learning", net, s.epochs(), curves);
                InhibitionCodes codes = InhibitionCodes.of(net, s, s.inhibition(), null, data.heldOut());
                yield new InhibitionResult(
                        s,
                        data.name(),
                        net,
                        curves,
                        codes,
                        InhibitionMeasurement.of(codes, null, s, seed, Double.NaN),
                        null,
                        null,
                        null,
                        null);
            }
        };
    }

    /** An S that is learned, and what it does. */
    private static InhibitionResult learned(InhibitionSettings s, PatchTraining training, long seed) {
        NaturalPatches data = training.data();
        LossCurves curves = new LossCurves();
        MultiLayerNetwork net = training.start(network(s, s.inhibition(), true, seed), seed);
        CoFiringHistory history = new CoFiringHistory(net, s, data.heldOut());
        training.learn("learning", net, s.epochs(), curves, history);
        InhibitionCodes codes = InhibitionCodes.of(net, s, s.inhibition(), null, data.heldOut());
        PlantedRecovery recovery = s.planted().recovered(seed);
        return new InhibitionResult(
                s,
                data.name(),
                net,
                curves,
                codes,
                InhibitionMeasurement.of(codes, null, s, seed, recovery.auc()),
                LearnedMeasurement.of(codes, s, history, seed),
                recovery,
                null,
                null);
    }

    /** A tree beside the same entries of S between units at random: what remains with these is not due to the structure. */
    private static InhibitionResult tree(InhibitionSettings s, PatchTraining training, long seed) {
        NaturalPatches data = training.data();
        PatchSchedule schedule = s.schedule();
        LossCurves curves = new LossCurves();
        Tree tree = s.tree();
        MultiLayerNetwork net = training.start(network(s, s.inhibition(), false, seed), seed);
        training.learn("learning", net, schedule.epochsBeforePruning(), curves);

        // a tree that has grown too large loses branches, and learns on as a smaller network
        TreePruning pruning = null;
        if (schedule.isPruned()) {
            int[] kept = TreePruning.byAbsence(net, tree, schedule.pruneTo(), data);
            pruning = TreePruning.of(net, tree, kept, (n, t) -> codes(n, s, t, data));
            tree = pruning.left();
            net = pruning.net();
            training.learn("learning on", net, schedule.epochsAfterPruning(), curves);
        }

        InhibitionCodes codes = codes(net, s, tree, data);
        InhibitionMatrix shuffled = codes.inhibition().select(Shuffles.of(tree.size(), new Random(seed)));
        MultiLayerNetwork other = training.whole("control, S shuffled", network(s, shuffled, false, seed), seed);
        InhibitionCodes control = InhibitionCodes.of(other, s, shuffled, tree, data.heldOut());
        return new InhibitionResult(
                s,
                data.name(),
                net,
                curves,
                codes,
                InhibitionMeasurement.of(codes, control, s, seed, Double.NaN),
                null,
                null,
                pruning,
                pruning == null ? null : compared(pruning, codes, s, training, seed + 1));
    }

    /** The pruned tree beside trees of its size that were trained from the start. */
    private static TreePruningMeasurement compared(
            TreePruning pruning, InhibitionCodes codes, InhibitionSettings s, PatchTraining training, long seed) {
        Tree regular = UnitTree.regular(pruning.kept().length, s.branching()).tree();
        return pruning.measured(
                codes, fromTheStart(s, codes.tree(), training, seed), fromTheStart(s, regular, training, seed));
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
}
