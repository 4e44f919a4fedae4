package io.github.dl4jsparse.integration.parallel;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.parallelism.ParallelWrapper.TrainingMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Two workers of DL4J's {@code ParallelWrapper} for one network, beginning together. */
final class Workers {
    private static final int WORKERS = 2;

    private final Model model;
    private final ParallelWrapper wrapper;

    private Workers(Model model, TrainingMode mode) {
        this.model = model;
        this.wrapper = new ParallelWrapper.Builder<>(model)
                .workers(WORKERS)
                .prefetchBuffer(0)
                .averagingFrequency(1)
                .trainingMode(mode)
                .thresholdAlgorithm(new AdaptiveThresholdAlgorithm())
                .build();
    }

    /**
     * Trains a network, the batches going to the workers by turns.
     *
     * @param model   if it is as its seed made it, M2.1's second worker may start one step later than the first
     * @param batches an even number of them
     */
    static void fit(Model model, TrainingMode mode, List<DataSet> batches, int epochs) {
        Workers workers = new Workers(model, mode);
        List<DataSet> all = IntStream.range(0, epochs)
                .boxed()
                .flatMap(epoch -> batches.stream())
                .toList();
        // M2.1 gives the workers data while they still copy the network, which the first of them changes
        workers.wrapper.fit(new ListDataSetIterator<>(all, 1) {
            private static final long serialVersionUID = 1;

            @Override
            public boolean hasNext() {
                workers.awaitCopies();
                return super.hasNext();
            }
        });
    }

    private void awaitCopies() {
        var trainers = wrapper.getZoo();
        if (trainers == null || wrapper.getIterationsCounter().get() > 0) {
            return;
        }
        Bits original = Bits.of(model.params());
        while (!isCopy(trainers[1].getModel(), original)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A worker has the model itself at first, then one of its own, then the model's parameters in it. */
    private boolean isCopy(Model worker, Bits original) {
        INDArray params = worker == null || worker == model ? null : worker.params();
        return params != null && original.equals(Bits.of(params));
    }
}
