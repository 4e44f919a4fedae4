package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.examples.run.StepProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows how far a phase is, with its loss: a bar on a terminal, otherwise about ten plain lines. */
final class EpochProgress implements AutoCloseable {
    private final String phase;
    private final int epochs;
    private final StepProgress steps;
    private int epoch;

    /** @param out for the plain lines */
    EpochProgress(String phase, int epochs, PrintWriter out) {
        this.phase = phase;
        this.epochs = epochs;
        this.steps = new StepProgress(phase, epochs, out);
    }

    /**
     * An epoch is done.
     *
     * @throws IllegalArgumentException if the loss is no number any more
     */
    void epochDone(double loss) {
        epoch++;
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException(
                    phase + " diverged in epoch " + epoch + ": lower --pretrain-rate and --learning-rate");
        }
        Supplier<String> text = () -> String.format(Locale.ROOT, "loss %.4f", loss);
        steps.stepDone(text);
        steps.epochDone(epoch, epochs, text);
    }

    @Override
    public void close() {
        steps.close();
    }
}
