package io.github.dl4jsparse.examples.run;

import io.github.dl4jsparse.nn.LossTerms;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Shows how far one phase of training is, with the losses: a bar on a terminal, otherwise about ten plain lines, and the
 * time left now and then.
 */
public final class TrainingProgress implements AutoCloseable {
    private final int epochs;
    private final StepProgress steps;

    /**
     * @param batches an epoch
     * @param out     for the plain lines
     */
    public TrainingProgress(String phase, int epochs, long batches, PrintWriter out) {
        this.epochs = epochs;
        this.steps = new StepProgress(phase, epochs * batches, out);
    }

    /** One batch is done; the losses are means over the epoch so far. */
    public void batchDone(LossTerms losses) {
        steps.stepDone(() -> text(losses));
    }

    /**
     * An epoch is done.
     *
     * @param validationError a fraction, NaN for none
     */
    public void epochDone(int epoch, LossTerms losses, double validationError) {
        String validation = Double.isNaN(validationError)
                ? ""
                : String.format(Locale.ROOT, ", validation error %.2f %%", 100 * validationError);
        steps.epochDone(epoch, epochs, () -> text(losses) + validation);
    }

    /** Every loss by its name. */
    public static String text(LossTerms losses) {
        return losses.terms().stream()
                .map(term -> String.format(Locale.ROOT, "%s %.4f", term.name(), term.value()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        steps.close();
    }
}
