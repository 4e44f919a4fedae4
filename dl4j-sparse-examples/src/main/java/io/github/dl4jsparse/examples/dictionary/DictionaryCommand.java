package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.examples.patch.PatchTraining;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import java.io.IOException;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;

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
public final class DictionaryCommand extends ExperimentCommand<DictionarySettings, NaturalPatches> {
    public DictionaryCommand() {
        super(new DictionarySettings());
    }

    @Override
    protected NaturalPatches data(DictionarySettings s, long seed) throws IOException {
        return s.patches(seed);
    }

    @Override
    protected String opening(DictionarySettings s, NaturalPatches data, long seed) {
        return s.opening(data.name(), seed, s.summary());
    }

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

    /** One run from data to result. */
    @Override
    protected DictionaryResult run(DictionarySettings s, NaturalPatches data, long seed, Experiment experiment) {
        CodeStructure structure = s.structure();
        PatchSchedule schedule = s.schedule();
        PatchTraining training = new PatchTraining(data, schedule, experiment);
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
        return new DictionaryResult(
                s,
                data.name(),
                net,
                curves,
                codes,
                DictionaryMeasurement.of(codes, s, seed),
                DictionaryPhotograph.of(data.first(), net, s.patch()),
                pruning,
                pruning == null ? null : compared(pruning, codes, s, training, seed + 1),
                encoders(codes, s, data, seed, experiment));
    }

    /** The pruned tree beside trees of its size that were trained from the start. */
    private static TreePruningMeasurement compared(
            TreePruning pruning, DictionaryCodes codes, DictionarySettings s, PatchTraining training, long seed) {
        CodeStructure regular = UnitTree.regular(pruning.kept().length, s.branching());
        return pruning.measured(
                codes, fromTheStart(s, codes.structure(), training, seed), fromTheStart(s, regular, training, seed));
    }

    /** Encoders that predict the codes in a few steps; null where none were asked for. */
    private static EncoderComparison encoders(
            DictionaryCodes codes, DictionarySettings s, NaturalPatches data, long seed, Experiment experiment) {
        return s.encoders() == null
                ? null
                : EncoderComparison.of(new EncoderTraining(
                        codes,
                        s.lambda(),
                        data,
                        s.encoders(),
                        s.schedule().sampling().batches(),
                        seed,
                        experiment));
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
}
