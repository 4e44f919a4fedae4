package io.github.dl4jsparse.examples;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far one phase of training is, with the losses: a bar on a terminal, otherwise about ten plain lines, and the
 * time left now and then.
 * <p>Losses that do not exist in a phase are NaN and are left out.
 */
final class TrainingProgress implements AutoCloseable {
    private final int epochs;
    private final StepProgress steps;

    /**
     * @param batches an epoch
     * @param out     for the plain lines
     */
    TrainingProgress(String phase, int epochs, long batches, PrintWriter out) {
        this.epochs = epochs;
        this.steps = new StepProgress(phase, epochs * batches, out);
    }

    /** One batch is done; the losses are means over the epoch so far. */
    void batchDone(double reconstruction, double penalty, double classification) {
        steps.stepDone(() -> losses(reconstruction, penalty, classification));
    }

    /** An epoch is done. */
    void epochDone(int epoch, double reconstruction, double penalty, double classification, double validationError) {
        String validation = Double.isNaN(validationError)
                ? ""
                : String.format(Locale.ROOT, ", validation error %.2f %%", validationError);
        steps.epochDone(epoch, epochs, () -> losses(reconstruction, penalty, classification) + validation);
    }

    private static String losses(double reconstruction, double penalty, double classification) {
        String unsupervised = String.format(Locale.ROOT, "reconstruction %.4f, penalty %.4f", reconstruction, penalty);
        return Double.isNaN(classification)
                ? unsupervised
                : unsupervised + String.format(Locale.ROOT, ", classification %.4f", classification);
    }

    @Override
    public void close() {
        steps.close();
    }
}
