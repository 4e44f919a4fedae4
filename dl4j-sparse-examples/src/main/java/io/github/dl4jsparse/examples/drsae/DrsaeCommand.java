package io.github.dl4jsparse.examples.drsae;

import io.github.dl4jsparse.diagnostics.TrainingMonitor;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.examples.data.Digits;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.ExperimentCommand;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.TrainingLosses;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.normalization.L2NormalizeLayer;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.IOException;
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
public final class DrsaeCommand extends ExperimentCommand<DrsaeSettings, Digits> {
    private static final int ENCODER = 0;
    private static final int CLASSIFIER = 2;
    private static final int PROBE = 300;

    public DrsaeCommand() {
        super(new DrsaeSettings());
    }

    @Override
    protected Digits data(DrsaeSettings s, long seed) throws IOException {
        return s.digits(seed);
    }

    @Override
    protected String opening(DrsaeSettings s, Digits digits, long seed) {
        return "Training on " + digits.name() + ", seed " + seed + " (" + s.summary() + ")";
    }

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

    /** One run from data to result. */
    @Override
    protected DrsaeResult run(DrsaeSettings s, Digits digits, long seed, Experiment experiment) {
        MultiLayerNetwork net = new MultiLayerNetwork(network(s, digits, seed));
        net.init();
        LossCurves curves = new LossCurves();
        TrainingMonitor monitor = TrainingMonitor.builder(probe(digits)).build();

        // 1. without labels: the dictionary starts from noise and images, E and S from one step of ISTA with it
        DataDictionary.start(net.getLayer(ENCODER), digits.train().getFeatures(), s.dataFraction(), seed);
        monitor.measureNow(net);
        if (s.pretrainEpochs() > 0) {
            pretrain(net, s, digits.train(), curves, monitor, experiment);
        }
        MultiLayerNetwork pretrained = net.clone();

        // 2. with labels: all matrices together, on both losses
        BestNetwork best = trainJointly(net, s, digits, seed, curves, monitor, experiment);
        best.restore();

        // 3. the test images are looked at once, at the end
        DrsaeMeasurement before = DrsaeMeasurement.of(pretrained, digits.test());
        DrsaeMeasurement after = DrsaeMeasurement.of(net, digits.test());
        return new DrsaeResult(
                s,
                digits,
                pretrained,
                net,
                curves,
                monitor.history(),
                best,
                before,
                after,
                DrsaeControl.of(net, digits));
    }

    /** Images that are not trained on, to look at the code with. */
    private static INDArray probe(Digits digits) {
        INDArray images = digits.validation().getFeatures();
        return images.get(NDArrayIndex.interval(0, Math.min(PROBE, images.size(0))));
    }

    private void pretrain(
            MultiLayerNetwork net,
            DrsaeSettings s,
            DataSet train,
            LossCurves curves,
            TrainingMonitor monitor,
            Experiment experiment) {
        try (TrainingProgress progress = experiment.progress("without labels", s.pretrainEpochs(), batches(train, s))) {
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
            TrainingMonitor monitor,
            Experiment experiment) {
        // from here on the loss has another scale, and the learning rate falls
        net.setLearningRate(ENCODER, s.schedule(1));
        net.setLearningRate(CLASSIFIER, s.schedule(s.classifierFactor()));
        BestNetwork best = new BestNetwork(net, digits.validation());
        try (TrainingProgress progress = experiment.progress("with labels", s.epochs(), batches(digits.train(), s))) {
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
}
