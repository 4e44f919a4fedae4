package io.github.dl4jsparse.train;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Net;
import io.github.dl4jsparse.internal.math.Finite;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps NaN and infinite numbers out of a network in DL4J's own {@code fit()}: the iteration that would bring them in is undone
 * and reported, or skipped.
 * <p>It checks the score, before DL4J's updater runs, and the parameters, after it. If one is not finite, the
 * parameters and the state of the updater are restored to those before the iteration, bit by bit. Then
 * {@link #stopping} throws a {@link DivergenceException} that names the iteration, epoch and batch; {@link #skipping}
 * counts the batch, and training continues; DL4J counts a skipped iteration too, and applies constraints to the
 * restored parameters once more.
 * <p>Constraints run after DL4J has called its listeners: NaN that they cause is found, and undone, in the next
 * iteration.
 * <p>An iteration costs a copy of parameters and updater state, and a sum of the parameters before and after it.
 * <p>One guard watches one {@code MultiLayerNetwork} or {@code ComputationGraph}; it should be the first of the listeners.
 * DL4J's own {@code pretrain} is not watched; {@link LayerwisePretrainer} has the same protection built in. Layers that
 * refuse input with NaN ({@code validateInput}, on by default) throw before anything has changed; only with
 * {@code validateInput} off can such batches be skipped.
 */
public final class DivergenceGuard extends BaseTrainingListener {
    private static final Logger log = LoggerFactory.getLogger(DivergenceGuard.class);

    private final boolean stop;
    private INDArray params;
    private INDArray updaterState;
    private int kept = -1;
    private boolean undo;
    private long batch;
    private long skipped;

    private DivergenceGuard(boolean stop) {
        this.stop = stop;
    }

    /** A guard that ends training with a {@link DivergenceException}. */
    public static DivergenceGuard stopping() {
        return new DivergenceGuard(true);
    }

    /** A guard that undoes diverged iterations, logs a warning for each and continues. */
    public static DivergenceGuard skipping() {
        return new DivergenceGuard(false);
    }

    /** The number of skipped batches. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void onEpochStart(Model model) {
        batch = 0;
    }

    /** Runs before DL4J's updater; with a line search once more after it. */
    @Override
    public void onGradientCalculation(Model model) {
        int iteration = Net.iterationCount(model);
        if (!Net.isNetwork(model) || iteration == kept) {
            return;
        }
        batch++;
        boolean sound = Finite.all(model.params());
        if (sound) {
            keep(model);
        } else if (kept < 0) {
            throw Args.failure("net", "one with finite parameters", Finite.countBad(model.params()) + " that are not");
        } else {
            restore(model);
        }
        kept = iteration;
        if (!sound) {
            report(model, "the parameters", "others after the constraints of the last iteration");
        } else if (!Double.isFinite(model.score())) {
            report(model, "the score", String.valueOf(model.score()));
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (!Net.isNetwork(model)) {
            return;
        }
        if (undo) {
            restore(model);
            undo = false;
        } else if (!Finite.all(model.params())) {
            String bad = Finite.countBad(model.params()) + " NaN or infinite values after the update";
            restore(model);
            report(model, "the parameters", bad);
            undo = false;
        }
    }

    private void keep(Model model) {
        params = copy(model.params(), params);
        updaterState = copy(((NeuralNetwork) model).updaterState(), updaterState);
    }

    /** A copy outside of all workspaces, in the array of the last copy where it fits. */
    private static INDArray copy(INDArray from, INDArray into) {
        if (from == null) {
            return null;
        }
        if (into == null || into.length() != from.length() || into.dataType() != from.dataType()) {
            return from.detach().dup();
        }
        return into.assign(from);
    }

    private void restore(Model model) {
        model.params().assign(params);
        if (updaterState != null) {
            ((NeuralNetwork) model).updaterState().assign(updaterState);
        }
    }

    private void report(Model model, String what, String value) {
        int iteration = Net.iterationCount(model);
        int epoch = Net.epochCount(model) + 1;
        String message = "training diverged: " + what + " must be finite, got " + value + " in iteration " + iteration
                + " as DL4J counts them, batch " + batch + " of epoch " + epoch
                + "; parameters and updater are those before it";
        if (stop) {
            kept = -1;
            throw new DivergenceException(
                    message + ": clean the data, or lower the learning rate", iteration, epoch, batch);
        }
        undo = true;
        skipped++;
        log.warn("{}, {} skipped so far", message, skipped);
    }
}
