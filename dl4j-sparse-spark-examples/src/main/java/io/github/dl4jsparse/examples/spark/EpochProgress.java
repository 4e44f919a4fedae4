package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.examples.StepProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far a phase is, with its loss: a bar on a terminal, otherwise about ten plain lines. */
final class EpochProgress implements AutoCloseable {
    private static final int LINES = 10;

    private final String phase;
    private final int epochs;
    private final PrintWriter out;
    private final StepProgress steps;
    private int epoch;

    /** @param out for the plain lines */
    EpochProgress(String phase, int epochs, PrintWriter out) {
        this.phase = phase;
        this.epochs = epochs;
        this.out = out;
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
        String text = String.format(Locale.ROOT, "loss %.4f", loss);
        steps.stepDone(() -> text);
        int every = Math.max(1, epochs / LINES);
        if (steps.isPlain() && (epoch == 1 || epoch % every == 0 || epoch == epochs)) {
            out.println(phase + ", epoch " + epoch + " of " + epochs + ": " + text);
            out.flush();
        }
    }

    @Override
    public void close() {
        steps.close();
    }
}
