package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.nn.LossTerms;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the layers of a network without labels, one after the other, each on the output of the ones below.
 * <p>It replaces the {@code pretrain} methods of DL4J 1.0.0-M2.1, which pass the wrong input to the layers of a
 * MultiLayerNetwork above the first and ignore the number of epochs of a ComputationGraph. Every layer that DL4J calls
 * a pre-train layer is trained, built-in ones too; layers in between (pooling, normalisation, dense) are run in
 * inference mode, batch normalisation with the mean and the variance of the data ({@link RunningStatistics}). The input
 * of a layer is computed once for all epochs where it fits the memory budget; for data that differ from pass to pass,
 * such as fresh patches or random augmentation, it is recomputed in every epoch.
 * <p>Afterwards the network is ready for {@code fit()}: its iteration and epoch counts and its updater are as before;
 * each layer's own configuration counts the iterations and epochs that the layer was pre-trained, as with DL4J. Labels
 * are not used. Feature masks reach the layers as in {@code fit()}: masked examples and time steps train nothing;
 * starts from data and held-out energies take all of them.
 * <p>A layer with input scaling whose scale was not measured and whose dictionary was not set is first started from the
 * data, see {@link DataStart}.
 * <p>A batch that would make the parameters NaN or infinite is not applied: {@code fit} ends with a
 * {@link DivergenceException} that names layer, epoch and batch, and the network is as it was before that batch.
 * <p>It logs one line per epoch at INFO: energy, active units per example, dead units, seconds left; and at WARN one
 * line at the end of a layer where all codes were zero, more than a third of the units are dead, the energy ended above
 * its start, or the penalty has almost no effect on data of this scale; each with its remedy. A unit is dead that was
 * zero on the last 10,000 examples, or on an epoch that has fewer.
 * <p>Reference: Bengio, Lamblin, Popovici and Larochelle, Greedy layer-wise training of deep networks, NIPS 2006.
 */
public final class LayerwisePretrainer {
    private static final Logger log = LoggerFactory.getLogger(LayerwisePretrainer.class);

    private final int epochs;
    private final int batch;
    private final @Nullable DataSetIterator heldOut;
    private final int patience;
    private final long memoryBudget;
    private final List<PretrainListener> listeners;
    private final @Nullable Path checkpoint;
    private final boolean resume;
    private final long seed;
    private final int warmUp;

    private LayerwisePretrainer(Builder builder) {
        this.epochs = builder.epochs;
        this.batch = builder.batch;
        this.heldOut = builder.heldOut;
        this.patience = builder.patience;
        this.memoryBudget = builder.memoryBudget;
        this.listeners = List.copyOf(builder.listeners);
        this.checkpoint = builder.checkpoint;
        this.resume = builder.resume;
        this.seed = builder.seed;
        this.warmUp = builder.warmUp;
    }

    /** A pre-trainer of one epoch per layer, to be configured. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Pre-trains all layers of a network that can be, the lowest first.
     *
     * @param net  initialised. Its parameters are modified in place.
     * @param data features; labels are not used
     */
    public void fit(MultiLayerNetwork net, DataSetIterator data) {
        fit(Net.of(net), adapt(data));
    }

    /**
     * Pre-trains all layers of a graph with one input that can be, in topological order.
     *
     * @param graph initialised. Its parameters are modified in place.
     * @param data  features; labels are not used
     */
    public void fit(ComputationGraph graph, DataSetIterator data) {
        fit(Net.of(graph), adapt(data));
    }

    /**
     * Pre-trains all layers of a graph that can be, in topological order.
     *
     * @param graph initialised. Its parameters are modified in place.
     * @param data  features of every input; labels are not used
     */
    public void fit(ComputationGraph graph, MultiDataSetIterator data) {
        fit(Net.of(graph), Args.given("data", data));
    }

    /**
     * Pre-trains all layers of a network that can be, the lowest first.
     *
     * @param net      initialised. Its parameters are modified in place.
     * @param features {@code [examples, ...]}: shuffled by the seed, in batches of {@link Builder#batch}. Not modified.
     */
    public void fit(MultiLayerNetwork net, INDArray features) {
        fit(Net.of(net), all(features));
    }

    /**
     * Pre-trains all layers of a graph with one input that can be, in topological order.
     *
     * @param graph    initialised. Its parameters are modified in place.
     * @param features {@code [examples, ...]}: shuffled by the seed, in batches of {@link Builder#batch}. Not modified.
     */
    public void fit(ComputationGraph graph, INDArray features) {
        fit(Net.of(graph), all(features));
    }

    /**
     * Pre-trains all layers of a network that can be, the lowest first.
     *
     * @param net     initialised. Its parameters are modified in place.
     * @param batches mini-batches {@code [examples, ...]}, in an order determined by the seed. Not modified.
     */
    public void fit(MultiLayerNetwork net, List<INDArray> batches) {
        fit(Net.of(net), each(batches));
    }

    /**
     * Pre-trains all layers of a graph with one input that can be, in topological order.
     *
     * @param graph   initialised. Its parameters are modified in place.
     * @param batches mini-batches {@code [examples, ...]}, in an order determined by the seed. Not modified.
     */
    public void fit(ComputationGraph graph, List<INDArray> batches) {
        fit(Net.of(graph), each(batches));
    }

    private MultiDataSetIterator all(INDArray features) {
        return new UnlabelledBatches(new FeatureBatches.OfArrays(new ExampleArrays("features", features), batch), seed);
    }

    private MultiDataSetIterator each(List<INDArray> batches) {
        return new UnlabelledBatches(new FeatureBatches.OfList(batches), seed);
    }

    private static MultiDataSetIterator adapt(DataSetIterator data) {
        return new MultiDataSetIteratorAdapter(Args.given("data", data));
    }

    private void fit(Net<?> net, MultiDataSetIterator data) {
        List<Stage> stages = net.stages();
        if (stages.isEmpty()) {
            throw Args.failure("net", "a network with at least one layer that can be pre-trained", "none");
        }
        PretrainCheckpoint saved = resume ? PretrainCheckpoint.read(checkpoint, net) : null;
        DataPasses counted = new DataPasses(data);
        DataPasses held = heldOut == null ? null : HeldOutData.fixed(adapt(heldOut), memoryBudget);
        for (Stage stage : saved == null ? stages : saved.resume(stages, epochs)) {
            try (StageReport report = new StageReport(log, stage, epochs, System::nanoTime)) {
                train(stage, counted, held, net, saved, report);
                report.stageDone();
            }
            saved = null;
        }
    }

    private void train(
            Stage stage, DataPasses data, DataPasses held, Net<?> net, PretrainCheckpoint saved, StageReport report) {
        Layer layer = stage.layer();
        StageTrainer trainer = new StageTrainer(stage, warmUp);
        StageInputs inputs = new StageInputs(stage, data, memoryBudget);
        HeldOutEnergy best = held == null ? null : new HeldOutEnergy(stage, held, memoryBudget);
        var parts = new PretrainCheckpoint.Parts(stage, trainer.updaterState(), data, inputs, held, best);
        int done = saved == null ? 0 : saved.restore(parts);
        if (done == 0) {
            RunningStatistics.estimateBetween(stage, data);
            DataStart.ifAwaited(stage, inputs, seed);
        }
        int startedAt = layer.conf().getEpochCount() - done;
        for (int epoch = done + 1; epoch <= epochs; epoch++) {
            trainEpoch(epoch, stage, trainer, inputs, report);
            layer.conf().setEpochCount(startedAt + epoch);
            LossTerms measured = best == null ? null : best.measure();
            PretrainProgress progress = progress(stage, epoch, trainer, inputs, measured);
            report.epochDone(epoch, progress.training(), measured);
            listeners.forEach(listener -> listener.epochDone(progress));
            boolean stopped = best != null && best.epochsSinceBest() >= patience;
            boolean last = stopped || epoch == epochs;
            if (last && best != null) {
                best.restore();
            }
            if (checkpoint != null) {
                PretrainCheckpoint.write(checkpoint, net, parts, epoch, stopped);
            }
            if (last) {
                break;
            }
        }
        layer.clear();
    }

    private void trainEpoch(int epoch, Stage stage, StageTrainer trainer, StageInputs inputs, StageReport report) {
        trainer.startEpoch(epoch);
        inputs.forEachMasked(seed + epoch, input -> {
            trainer.update(input);
            report.batchDone();
            PretrainProgress progress = progress(stage, epoch, trainer, inputs, null);
            listeners.forEach(listener -> listener.batchDone(progress));
        });
    }

    private PretrainProgress progress(
            Stage stage, int epoch, StageTrainer trainer, StageInputs inputs, LossTerms measured) {
        return new PretrainProgress(
                stage.name(),
                stage.index(),
                epoch,
                epochs,
                trainer.batch(),
                inputs.batches(),
                trainer.energy(),
                measured);
    }

    /** Builds a {@link LayerwisePretrainer}. */
    public static final class Builder {
        private int epochs = 1;
        private int batch = 64;
        private @Nullable DataSetIterator heldOut;
        private int patience = Integer.MAX_VALUE;
        private long memoryBudget = 2L << 30;
        private final List<PretrainListener> listeners = new ArrayList<>();
        private @Nullable Path checkpoint;
        private boolean resume;
        private long seed;
        private int warmUp;

        private Builder() {}

        /** Examples per batch where the data are one array, at least 1; default 64. */
        public Builder batch(int batch) {
            this.batch = Args.atLeast("batch", batch, 1);
            return this;
        }

        /** Epochs per layer, at least 1; default 1. */
        public Builder epochs(int epochs) {
            this.epochs = Args.atLeast("epochs", epochs, 1);
            return this;
        }

        /**
         * Data on which the energy is measured after every epoch; the parameters of the best epoch are kept. Needs layers
         * that are {@link io.github.dl4jsparse.nn.UnsupervisedLayer}s. For data that differ from pass to pass, one pass
         * is stored and measured in every epoch.
         */
        public Builder heldOut(DataSetIterator data) {
            this.heldOut = Args.given("heldOut", data);
            return this;
        }

        /**
         * Epochs without a better held-out energy after which the training of a layer ends, at least 1; default: it
         * does not end early.
         */
        public Builder patience(int patience) {
            this.patience = Args.atLeast("patience", patience, 1);
            return this;
        }

        /** Bytes that the kept inputs of one layer may take, in native memory; 0 keeps none; default 2 GiB. */
        public Builder memoryBudget(long bytes) {
            if (bytes < 0) {
                throw Args.failure("memoryBudget", "at least 0 bytes", bytes);
            }
            this.memoryBudget = bytes;
            return this;
        }

        /** Adds a listener to the progress; may be called several times. */
        public Builder listener(PretrainListener listener) {
            this.listeners.add(Args.given("listener", listener));
            return this;
        }

        /**
         * File in which the network is saved after every epoch, whole or not at all, with the seal of {@code ModelFile};
         * readable by DL4J's loaders.
         */
        public Builder checkpoint(Path file) {
            this.checkpoint = Args.given("checkpoint", file);
            return this;
        }

        /**
         * Continues from the {@link #checkpoint} file, if there is one, with the result of an uninterrupted run: layer,
         * epoch, learning rate, updater, best held-out energy, order of the batches and ND4J's random generator are
         * those of that run. The network must be the one restored from that file, data and options those of the run;
         * passes over data that differ from pass to pass are read again and discarded. The state of listeners is not in
         * the file. Default no.
         */
        public Builder resume(boolean resume) {
            this.resume = resume;
            return this;
        }

        /** Seed of the order in which kept batches come, and of the order of examples or batches given as arrays; default 0. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Updates of each layer over which the step rises linearly to that of the updater, at least 0; default 0. Counted by the
         * layer's own iterations, so that it continues correctly in a resumed training.
         *
         * @see WarmUpSchedule
         */
        public Builder warmUp(int updates) {
            this.warmUp = Args.atLeast("warmUp", updates, 0);
            return this;
        }

        /** The pre-trainer. */
        public LayerwisePretrainer build() {
            if (resume && checkpoint == null) {
                throw Args.failure("resume", "given together with a checkpoint file", true);
            }
            if (patience < Integer.MAX_VALUE && heldOut == null) {
                throw Args.failure("patience", "given together with heldOut data", patience);
            }
            return new LayerwisePretrainer(this);
        }
    }
}
