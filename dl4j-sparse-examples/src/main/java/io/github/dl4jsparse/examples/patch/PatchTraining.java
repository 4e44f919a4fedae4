package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.LossCurves;
import io.github.dl4jsparse.examples.run.PretrainReport;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.train.DataDictionary;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.PretrainListener;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Learns dictionaries of patches.
 *
 * @param data     photographs, cut
 * @param schedule of the training
 * @param experiment shows progress
 */
public record PatchTraining(NaturalPatches data, PatchSchedule schedule, Experiment experiment) {
    /** A network of one layer in which every atom starts as a patch, so that none is idle. */
    public MultiLayerNetwork start(MultiLayerConfiguration conf, long seed) {
        MultiLayerNetwork net = new MultiLayerNetwork(conf);
        net.init();
        int units = Math.toIntExact(net.layerSize(0));
        data.training().reset();
        INDArray patches = data.training().next(units).getFeatures();
        data.training().reset();
        DataDictionary.start(net.getLayer(0), patches, 1, seed);
        return net;
    }

    /** A network that is trained from its start to its end, without pruning. */
    public MultiLayerNetwork whole(String phase, MultiLayerConfiguration conf, long seed) {
        MultiLayerNetwork net = start(conf, seed);
        learn(phase, net, schedule.epochs(), new LossCurves());
        return net;
    }

    /** Solves for the codes of a batch, moves the dictionary downhill, brings long atoms back to length 1. */
    public void learn(String phase, MultiLayerNetwork net, int epochs, LossCurves curves, PretrainListener... more) {
        try (TrainingProgress progress =
                experiment.progress(phase, epochs, schedule.sampling().batches())) {
            LayerwisePretrainer.Builder trainer = LayerwisePretrainer.builder()
                    .epochs(epochs)
                    // new patches in every epoch: nothing is to be kept
                    .memoryBudget(0)
                    .listener(new PretrainReport(progress, curves));
            for (PretrainListener listener : more) {
                trainer.listener(listener);
            }
            trainer.build().fit(net, data.training());
        }
    }
}
