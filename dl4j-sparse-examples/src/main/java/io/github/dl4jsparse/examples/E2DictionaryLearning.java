package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
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
public final class E2DictionaryLearning implements Callable<Integer> {
    @Mixin
    private DictionaryOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: one layer whose output is the sparse code of least energy. */
    static MultiLayerConfiguration network(DictionarySettings s, long seed) {
        CodeStructure structure = s.structure();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Sgd(s.schedule()))
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(s.units())
                        .penalty(structure.penalty(s.lambda()))
                        .solver(structure.solver())
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.feedForward((long) s.patch() * s.patch()))
                .build();
    }

    /** One run from data to results. */
    private DictionaryRun run(DictionarySettings s, NaturalPatches data, long seed) {
        long start = System.nanoTime();
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, seed));
        net.init();

        // 1. every atom starts as a patch, so that none is idle
        INDArray patches = data.training().next(s.units()).getFeatures();
        data.training().reset();
        DataDictionary.seed(net.getLayer(0), patches, 1, seed);

        // 2. solve for the codes of a batch, move the dictionary downhill, bring long atoms back to length 1
        LossCurves curves = new LossCurves();
        long batches = (s.patches() + s.batch() - 1L) / s.batch();
        try (TrainingProgress progress = new TrainingProgress("learning", s.epochs(), batches, out())) {
            LayerwisePretrainer.builder()
                    .epochs(s.epochs())
                    // new patches in every epoch: nothing is to be kept
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, curves))
                    .build()
                    .fit(net, data.training());
        }

        // 3. codes of other patches, as exact as the solver makes them
        DictionaryCodes codes = DictionaryCodes.of(net, s, data.heldOut());
        DictionaryMeasurement measured = DictionaryMeasurement.of(codes, s, seed);
        return new DictionaryRun(s, seed, data.name(), net, curves, codes, measured, (System.nanoTime() - start) / 1e9);
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        DictionarySettings settings = options.settings();
        NativeThreads.preferOne();
        RunDirectory directory = RunDirectory.open(options.out());
        NaturalPatches data = options.patches(settings);
        out().println("Learning from " + data.name() + ", seed " + options.seed() + " (" + settings.summary() + ")");
        DictionaryRun run = run(settings, data, options.seed());
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
