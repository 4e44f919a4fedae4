package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.dl4j.Stage;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the layers with a dictionary while their network is trained: measures them on a probe batch at intervals,
 * keeps the history and logs it.
 * <pre>{@code
 * TrainingMonitor monitor = TrainingMonitor.builder(probe).everyUpdates(100).build();
 * LayerwisePretrainer.builder().listener(monitor.pretraining(net)).build().fit(net, images);
 * net.setListeners(monitor);
 * net.fit(labelled, epochs);
 * new TrainingReport("Digits", monitor.history()).write(path);
 * }</pre>
 * <p>It is a listener of DL4J's {@code fit()} of both kinds of network, and by {@link #pretraining} one of layer-wise
 * pre-training, which measures the layer that is trained. Training is the same to the last bit with a monitor and without:
 * it measures on a copy of the network, whose memory is twice that of the parameters; a measurement costs a few passes
 * of the probe batch. Some hundred examples make a good probe. Constraints of the update are applied to the copy,
 * because DL4J applies them only after it has called the listeners.
 * <p>DL4J's own {@code pretrain} methods call listeners with the layer alone, without its network; these calls are not
 * measured, which is logged once. Frozen layers are not measured. One monitor is for one training on one thread.
 * <p>DL4J's {@code ParallelWrapper} gives the listeners of its network to all of its workers, each of which trains a network of
 * its own. A monitor that is {@link Builder#onlyFor only for} the network that the wrapper was made of measures that one,
 * with the first worker's update and before it is averaged, and counts an update a round. The wrapper ends no epochs,
 * so set {@code everyUpdates} too. Without such a network, a monitor throws an {@code IllegalStateException} when it is
 * called for two networks that are trained at the same time.
 */
public final class TrainingMonitor extends BaseTrainingListener {
    private static final Logger log = LoggerFactory.getLogger(TrainingMonitor.class);

    private final INDArray[] probe;
    private final int everyUpdates;
    private final boolean epochEnds;
    private final int excessEvery;
    private final Model followed;
    private final Consumer<TrainingPoint> receiver;
    private final TrainingHistory history = new TrainingHistory();
    private final Map<String, Count> pretrained = new HashMap<>();
    private Count fitted = new Count(0, 0);
    private WeakReference<Model> heardOf = new WeakReference<>(null);
    private WeakReference<Thread> heardFrom = new WeakReference<>(null);
    private WeakReference<Model> copied = new WeakReference<>(null);
    private ProbeNetwork copy;
    private boolean warned;

    private TrainingMonitor(Builder builder) {
        this.probe = builder.probe;
        this.everyUpdates = builder.everyUpdates;
        this.epochEnds = builder.epochEnds;
        this.excessEvery = builder.excessEvery;
        this.followed = builder.followed;
        this.receiver = builder.receiver;
    }

    /**
     * A monitor that measures at the ends of epochs, to be configured.
     *
     * @param probe features of the probe batch, one array an input of the network. Copied.
     * @throws IllegalArgumentException if there are none
     */
    public static Builder builder(INDArray... probe) {
        return new Builder(probe);
    }

    /** What was measured; grows while training goes on. */
    public TrainingHistory history() {
        return history;
    }

    /**
     * A listener for layer-wise pre-training of a network, which calls it in the thread that trains. On Spark an epoch
     * counts as one update.
     */
    public PretrainListener pretraining(Model net) {
        Args.given("net", net);
        return new PretrainListener() {
            @Override
            public void batchDone(PretrainProgress progress) {
                pretrained(net, progress, 0);
            }

            @Override
            public void epochDone(PretrainProgress progress) {
                pretrained(net, progress, 1);
            }
        };
    }

    private synchronized void pretrained(Model net, PretrainProgress progress, int epochs) {
        // on Spark, which counts no batches, an epoch counts as an update
        int updates = epochs == 0 || progress.batch() < 0 ? 1 : 0;
        Count count = pretrained.merge(progress.layer(), new Count(updates, epochs), Count::plus);
        if (epochs == 0 ? isDue(count) : epochEnds) {
            measure(net, true, stage -> stage.name().equals(progress.layer()), -1, -1);
        }
    }

    private boolean isDue(Count count) {
        return everyUpdates > 0 && count.updates() % everyUpdates == 0;
    }

    /**
     * Measures all layers as they are now; those that were already measured after their last update are left out.
     *
     * @param net initialised. Not modified.
     * @throws IllegalArgumentException if this is no network
     */
    public synchronized void measureNow(Model net) {
        measure(Args.given("net", net), false, stage -> true, -1, -1);
    }

    @Override
    public synchronized void onEpochStart(Model model) {
        if (fitted.updates() == 0 && isWatched(model)) {
            measureNow(model);
        }
    }

    @Override
    public synchronized void iterationDone(Model model, int iteration, int epoch) {
        if (!isWatched(model)) {
            return;
        }
        fitted = fitted.plus(new Count(1, 0));
        if (isDue(fitted)) {
            measure(model, false, stage -> true, iteration, epoch);
        }
    }

    @Override
    public synchronized void onEpochEnd(Model model) {
        if (isWatched(model)) {
            fitted = fitted.plus(new Count(0, 1));
            if (epochEnds) {
                measureNow(model);
            }
        }
    }

    private boolean isWatched(Model model) {
        if (!isNetwork(model)) {
            return false;
        }
        if (followed != null) {
            return model == followed;
        }
        Model last = heardOf.get();
        Thread trainer = heardFrom.get();
        if (last != null
                && last != model
                && trainer != Thread.currentThread()
                && trainer != null
                && trainer.isAlive()) {
            throw new IllegalStateException(
                    "a monitor must be onlyFor(net) where several threads train networks, as the workers of a"
                            + " ParallelWrapper do");
        }
        heardOf = new WeakReference<>(model);
        heardFrom = new WeakReference<>(Thread.currentThread());
        return true;
    }

    private boolean isNetwork(Model model) {
        boolean network = Net.isNetwork(model);
        if (!network && !warned) {
            warned = true;
            log.warn(
                    "a layer that is trained without its network is not measured ({}): pre-train with a"
                            + " LayerwisePretrainer and TrainingMonitor.pretraining",
                    model.getClass().getSimpleName());
        }
        return network;
    }

    /** @param iteration of the update whose constraints are still to be applied, -1 for none */
    private void measure(Model net, boolean pretraining, Predicate<Stage> wanted, int iteration, int epoch) {
        if (copied.get() != net) {
            copy = ProbeNetwork.of(net);
            copied = new WeakReference<>(net);
            warnOfMissingDecoders(copy.withoutDecoder());
        }
        Workspaces.outside(() -> {
            copy.take(net);
            if (iteration >= 0) {
                copy.applyConstraints(iteration, epoch);
            }
            copy.stages().stream().filter(wanted).forEach(stage -> measure(stage, pretraining));
            return null;
        });
    }

    private static void warnOfMissingDecoders(List<String> layers) {
        if (!layers.isEmpty()) {
            log.warn(
                    "not measured, as they have no decoder: {}; to watch them in fine-tuning too, fine-tune the network before"
                            + " Decoders.remove",
                    layers);
        }
    }

    private void measure(Stage stage, boolean pretraining) {
        Count count = fitted.plus(pretrained.getOrDefault(stage.name(), new Count(0, 0)));
        long last = history.last(stage.name()).map(TrainingPoint::updates).orElse(-1L);
        if (!(stage.layer() instanceof UnsupervisedLayer layer) || last == count.updates()) {
            return;
        }
        INDArray inputs = stage.inputOf(probe);
        boolean certified = excessEvery > 0 && history.points(stage.name()).size() % excessEvery == 0;
        LayerMeasurement measured =
                certified ? LayerMeasurement.of(layer, inputs) : LayerMeasurement.withoutExcess(layer, inputs);
        TrainingPoint point = new TrainingPoint(stage.name(), pretraining, count.updates(), count.epochs(), measured);
        history.add(point);
        log.info("{}", point.text());
        receiver.accept(point);
    }

    /** Updates and complete epochs. */
    private record Count(long updates, int epochs) {
        Count plus(Count other) {
            return new Count(updates + other.updates, epochs + other.epochs);
        }
    }

    /** Builds a {@link TrainingMonitor}. */
    public static final class Builder {
        private final INDArray[] probe;
        private int everyUpdates;
        private boolean epochEnds = true;
        private int excessEvery = 10;
        private Model followed;
        private Consumer<TrainingPoint> receiver = point -> {};

        private Builder(INDArray[] probe) {
            Args.atLeast("number of probe arrays", Args.given("probe", probe).length, 1);
            this.probe = new INDArray[probe.length];
            for (int i = 0; i < probe.length; i++) {
                int index = i;
                Args.given("probe array " + i, probe[i]);
                this.probe[i] = Workspaces.outside(() -> probe[index].dup());
            }
        }

        /** Measures after each of this many updates, at least 1; default: no measurement between epochs. */
        public Builder everyUpdates(int updates) {
            this.everyUpdates = Args.atLeast("everyUpdates", updates, 1);
            return this;
        }

        /** Whether to measure at the end of every epoch; default yes. */
        public Builder epochEnds(boolean measure) {
            this.epochEnds = measure;
            return this;
        }

        /**
         * The excess over the solver, which costs more than all other quantities, is part of the first measurement of a
         * layer and of every n-th after it; 0 for never; default 10.
         */
        public Builder excessEvery(int measurements) {
            this.excessEvery = Args.atLeast("excessEvery", measurements, 0);
            return this;
        }

        /**
         * Measures this network only, not copies of it that other threads train; default: any network that is trained.
         * Networks given to {@link TrainingMonitor#pretraining} and {@link TrainingMonitor#measureNow} are measured in
         * any case.
         *
         * @throws IllegalArgumentException if this is no network
         */
        public Builder onlyFor(Model net) {
            this.followed = Net.of(net).model();
            return this;
        }

        /**
         * Passes every point to a receiver as soon as it is measured, in the thread that trains; default: none. An
         * exception of the receiver ends the training.
         */
        public Builder onPoint(Consumer<TrainingPoint> receiver) {
            this.receiver = Args.given("receiver", receiver);
            return this;
        }

        /** The monitor. */
        public TrainingMonitor build() {
            if (everyUpdates == 0 && !epochEnds) {
                throw Args.failure("epochEnds", "true where everyUpdates is not given", false);
            }
            return new TrainingMonitor(this);
        }
    }
}
