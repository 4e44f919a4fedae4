package io.github.dl4jsparse.examples.run;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how many steps of something are done and how long the rest takes: a bar on a terminal, otherwise a plain line now and
 * then, none for what is over soon.
 */
public final class StepProgress implements AutoCloseable {
    private static final int UPDATE_MILLISECONDS = 200;
    private static final double FIRST_LINE_SECONDS = 5;
    /** Lines come further and further apart: each waits for so much longer than the one before. */
    private static final double LATER = 1.6;
    /** Before such a part of the steps is done, nobody can say how long the rest takes. */
    private static final double LEAST_PART = 0.02;
    /** About as many epochs have a line of their own. */
    private static final int LINES = 10;

    private final String phase;
    private final long steps;
    private final PrintWriter out;
    private final LongSupplier nanoseconds;
    private final long start;
    private final ProgressBar bar;
    private double nextLine = FIRST_LINE_SECONDS;
    private long done;

    /**
     * @param steps at least 1
     * @param out   for the plain lines
     */
    public StepProgress(String phase, long steps, PrintWriter out) {
        this(phase, steps, out, System::nanoTime, bar(phase, steps));
    }

    public StepProgress(String phase, long steps, PrintWriter out, LongSupplier nanoseconds, ProgressBar bar) {
        this.phase = phase;
        this.steps = steps;
        this.out = out;
        this.nanoseconds = nanoseconds;
        this.start = nanoseconds.getAsLong();
        this.bar = bar;
    }

    /** A bar with the time left; null where the output is no terminal. */
    public static ProgressBar bar(String phase, long steps) {
        return System.console() == null
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(phase)
                        .setInitialMax(steps)
                        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                        .setStyle(ProgressBarStyle.ASCII)
                        .build();
    }

    /** One step is done. */
    public void stepDone() {
        stepDone(() -> "");
    }

    /** One step is done; returns its result. */
    public <T> T done(T result) {
        stepDone();
        return result;
    }

    /** One step is done; the text is for the bar. */
    public void stepDone(Supplier<String> text) {
        done++;
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(" " + text.get());
            return;
        }
        double seconds = (nanoseconds.getAsLong() - start) / 1e9;
        if (seconds >= nextLine && done < steps && done >= LEAST_PART * steps) {
            nextLine = LATER * seconds;
            out.printf(
                    Locale.ROOT,
                    "%s, %d of %d: about %.0f s left%n",
                    phase,
                    done,
                    steps,
                    seconds / done * (steps - done));
            out.flush();
        }
    }

    /** An epoch is done; without a bar the first, the last and about ten between have a line with the text. */
    public void epochDone(int epoch, int epochs, Supplier<String> text) {
        int every = Math.max(1, epochs / LINES);
        if (bar == null && (epoch == 1 || epoch % every == 0 || epoch == epochs)) {
            out.println(phase + ", epoch " + epoch + " of " + epochs + ": " + text.get());
            out.flush();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
