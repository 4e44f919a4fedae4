package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.FallingRate;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains encoders to predict the codes of a learned dictionary, which stays as it is.
 * <p>\[ \min_F \sum_x \tfrac12 \lVert x - D F(x) \rVert_2^2 + \lambda \, \Omega(F(x)) \]
 * where F is K unrolled steps whose shrinkage is the proximal operator of the penalty \(\Omega\). No code of the solver is
 * shown to an encoder: it is trained on the energy itself.
 *
 * @param codes    of the solver for held-out patches, with dictionary and structure
 * @param lambda   of the penalty
 * @param data     patches: new ones for training in each epoch, others to choose by
 * @param schedule steps, epochs and learning rates
 * @param batches  an epoch
 * @param seed     of the networks
 * @param experiment shows progress
 */
record EncoderTraining(
        DictionaryCodes codes,
        double lambda,
        NaturalPatches data,
        EncoderSchedule schedule,
        int batches,
        long seed,
        Experiment experiment) {

    /**
     * An encoder and its energy on the patches for choices.
     *
     * @param validation mean energy of a patch
     */
    record Trained(EncoderKind kind, double learningRate, MultiLayerNetwork net, double validation) {}

    /** An encoder before training: K steps of ISTA. */
    MultiLayerNetwork start(EncoderKind kind, int steps, double rate) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(FallingRate.linear(rate, schedule.last(), schedule.epochs())))
                .list()
                .layer(kind.configure(new ListaLayer.Builder())
                        .nOut(codes.dictionary().size(1))
                        .iterations(steps)
                        .penalty(codes.structure().penalty(lambda))
                        .shrinkage(codes.structure().shrinkage(lambda))
                        .learningRateFactor(ListaLayer.DECODER, 0)
                        .inputGradient(false)
                        .build())
                .setInputType(InputType.feedForward(codes.dictionary().size(0)))
                .build());
        net.init();
        ((UnsupervisedLayer) net.getLayer(0)).startFrom(codes.dictionary());
        return net;
    }

    /** The best of all couplings and learning rates, by the patches for choices; with one step there is no coupling. */
    Trained best(int steps) {
        List<Trained> all = new ArrayList<>();
        for (EncoderKind kind : steps == 1 ? List.of(EncoderKind.FREE) : List.of(EncoderKind.values())) {
            for (double rate : schedule.learningRates()) {
                all.add(train(kind, steps, rate));
            }
        }
        return all.stream().min(Comparator.comparingDouble(Trained::validation)).orElseThrow();
    }

    private Trained train(EncoderKind kind, int steps, double rate) {
        MultiLayerNetwork net = start(kind, steps, rate);
        String phase = "encoder, K = " + steps + ", " + kind + ", rate " + rate;
        try (TrainingProgress progress = experiment.progress(phase, schedule.epochs(), batches)) {
            data.training().reset();
            LayerwisePretrainer.builder()
                    .epochs(schedule.epochs())
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, new LossCurves()))
                    .build()
                    .fit(net, data.training());
        }
        return new Trained(kind, rate, net, codes.meanEnergyOf(lambda, data.choice(), net.output(data.choice())));
    }
}
