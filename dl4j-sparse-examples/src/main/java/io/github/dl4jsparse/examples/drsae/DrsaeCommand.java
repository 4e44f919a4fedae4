package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.RunDirectory;
import io.github.dl4jsparse.examples.run.TrainingLosses;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Trains a discriminative recurrent sparse auto-encoder to read digits: first without labels, then with.
 * <p>\[ z_{t+1} = \max(0, E x + S z_t - b), \qquad z_0 = 0, \qquad t = 0 \dots T-1 \]
 * \[ L = w \left( \tfrac12 \lVert x - D z_T \rVert_2^2 + \lambda \lVert z_T \rVert_1 \right)
 * - \log \mathrm{softmax}_y(C z_T / \lVert z_T \rVert_2) \]
 * <p>Start reading at {@link #network}, then {@link #run}.
 * <p>Reference: Rolfe and LeCun, Discriminative recurrent sparse auto-encoders, ICLR 2013.
 */
@Command(
        name = "drsae",
        description = {
            "Trains a discriminative recurrent sparse auto-encoder on digits.",
            "It learns strokes without labels first, then classes with them, and writes the network, result.json and "
                    + "pictures of what it learned."
        })
public final class DrsaeCommand implements Callable<Integer> {
    private static final int ENCODER = 0;
    private static final int CLASSIFIER = 2;
    private static final int PROBE = 300;

    @Mixin
    private DrsaeOptions options;

    @Spec
    private CommandSpec spec;

    /** The network: a sparse code by unrolled iterations, brought to length 1, and a linear classifier on it. */
    static MultiLayerConfiguration network(DrsaeSettings s, Digits digits, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new ListaLayer.Builder()
                        .name("code")
                        .nOut(s.units())
                        .iterations(s.iterations())
                        .penalty(new L1Penalty(s.penalty()))
                        // the auto-encoder's loss stays on while the classifier is trained
                        .unsupervisedWeight(s.unsupervisedWeight())
                        // the bound keeps the recurrence stable; columns of D are at most 1 without being asked
                        .encoderNorm(s.encoderNorm())
                        .stepSize(s.stepSize())
                        // a matrix that is used T times moves T times slower
                        .learningRatesByUse(true)
                        .learningRateFactor(ListaLayer.THRESHOLD, 1.0 / s.iterations())
                        .inputGradient(false)
                        .dropOut(s.keptInput())
                        .updater(s.updater(s.pretrainLearningRate()))
                        .build())
                .layer(new L2NormalizeLayer.Builder().build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(Digits.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.XAVIER)
                        .hasBias(false)
                        // DL4J keeps the weights of a class in a column
                        .constrainWeights(MaxAtomNormConstraint.columns(5))
                        .updater(s.updater(s.classifierFactor() * s.learningRate()))
                        .build())
                .setInputType(InputType.feedForward((long) digits.height() * digits.width()))
                .build();
    }

    /** One run from data to results. */
    private DrsaeRun run(DrsaeSettings s, Digits digits, long seed) {
        long start = System.nanoTime();
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, digits, seed));
        net.init();
        LossCurves curves = new LossCurves();
        TrainingMonitor monitor = TrainingMonitor.builder(probe(digits)).build();

        // 1. without labels: the dictionary starts from noise and images, E and S from one step of ISTA with it
        DataDictionary.seed(net.getLayer(ENCODER), digits.train().getFeatures(), s.dataFraction(), seed);
        monitor.measureNow(net);
        if (s.pretrainEpochs() > 0) {
            pretrain(net, s, digits.train(), curves, monitor);
        }
        MultiLayerNetwork pretrained = net.clone();

        // 2. with labels: all matrices together, on both losses
        BestNetwork best = trainJointly(net, s, digits, seed, curves, monitor);
        best.restore();

        // 3. the test images are looked at once, at the end
        DrsaeMeasurement before = DrsaeMeasurement.of(pretrained, digits.test());
        DrsaeMeasurement after = DrsaeMeasurement.of(net, digits.test());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new DrsaeRun(s, seed, digits, pretrained, net, curves, monitor.history(), best, before, after, seconds);
    }

    /** Images that are not trained on, to look at the code with. */
    private static INDArray probe(Digits digits) {
        INDArray images = digits.validation().getFeatures();
        return images.get(NDArrayIndex.interval(0, Math.min(PROBE, images.size(0))));
    }

    private void pretrain(
            MultiLayerNetwork net, DrsaeSettings s, DataSet train, LossCurves curves, TrainingMonitor monitor) {
        try (TrainingProgress progress =
                new TrainingProgress("without labels", s.pretrainEpochs(), batches(train, s), out())) {
            LayerwisePretrainer.builder()
                    .epochs(s.pretrainEpochs())
                    .listener(new PretrainReport(progress, curves))
                    .listener(monitor.pretraining(net))
                    .build()
                    .fit(net, new ViewIterator(train, s.batch()));
        }
    }

    private BestNetwork trainJointly(
            MultiLayerNetwork net,
            DrsaeSettings s,
            Digits digits,
            long seed,
            LossCurves curves,
            TrainingMonitor monitor) {
        // from here on the loss has another scale, and the learning rate falls
        net.setLearningRate(ENCODER, s.schedule(1));
        net.setLearningRate(CLASSIFIER, s.schedule(s.classifierFactor()));
        BestNetwork best = new BestNetwork(net, digits.validation());
        try (TrainingProgress progress =
                new TrainingProgress("with labels", s.epochs(), batches(digits.train(), s), out())) {
            TrainingLosses losses = new TrainingLosses(s.unsupervisedWeight(), progress::batchDone);
            net.setListeners(losses, monitor);
            for (int epoch = 1; epoch <= s.epochs() && best.epochsSinceBest() < s.patience(); epoch++) {
                digits.train().shuffle(seed + epoch);
                net.fit(new ViewIterator(digits.train(), s.batch()));
                double error = best.measure(epoch);
                progress.epochDone(epoch, losses.mean(), error);
                curves.trained(losses.mean(), error);
            }
            net.setListeners();
        }
        return best;
    }

    private static long batches(DataSet data, DrsaeSettings s) {
        return (data.numExamples() + s.batch() - 1) / s.batch();
    }

    /** The command: everything that can be wrong with its options is found out before the training. */
    @Override
    public Integer call() throws IOException {
        DrsaeSettings settings = options.settings();
        int seeds = options.seeds();
        RunDirectory directory = RunDirectory.open(options.out());
        List<DrsaeRun> runs = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            long seed = options.seed() + i;
            Digits digits = options.digits(seed);
            out().println("Training on " + digits.name() + ", seed " + seed + " (" + settings.summary() + ")");
            DrsaeRun run = run(settings, digits, seed);
            run.write(seeds == 1 ? directory : directory.child("seed-" + seed));
            out().println(run.summary());
            runs.add(run);
        }
        if (seeds > 1) {
            out().println(DrsaeRun.writeSpread(runs, directory));
        }
        out().println("Results are in " + directory.path());
        out().flush();
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
