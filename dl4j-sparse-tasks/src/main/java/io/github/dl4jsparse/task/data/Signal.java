package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recording of one or more channels, sampled at equal intervals.
 *
 * @param values   {@code [1, channels, time]} of float; shared
 * @param rate     samples a second
 * @param start    seconds from the start of the file to the first sample
 * @param channels the names of the channels in messages
 * @param report   the report of the reader
 */
public record Signal(INDArray values, double rate, double start, List<String> channels, ReadingReport report) {
    /** @throws IllegalArgumentException if shape, rate or names are not as said above */
    public Signal {
        Args.given("values", values);
        channels = List.copyOf(Args.given("channels", channels));
        Args.given("report", report);
        Args.positive("rate", rate);
        Args.nonNegative("start", start);
        if (values.rank() != 3 || values.size(0) != 1 || values.size(1) != channels.size()) {
            throw Args.failure(
                    "values", "[1, " + channels.size() + " channels, time]", Arrays.toString(values.shape()));
        }
    }

    /** The number of samples of a channel. */
    public int length() {
        return Math.toIntExact(values.size(2));
    }

    /** The samples of one channel, a copy. */
    public float[] channel(int channel) {
        Args.inRange("channel", channel, 0, channels.size() - 1);
        return values.slice(0).slice(channel).dup().data().asFloat();
    }

    /** Seconds from the start of the file to a sample. */
    public double seconds(int sample) {
        return start + sample / rate;
    }

    /** "channel adc, 43200 samples at 360 Hz, seconds 0 to 120". */
    String description() {
        return String.format(
                Locale.ROOT,
                "%s %s, %d samples at %s Hz, seconds %s to %s",
                channels.size() == 1 ? "channel" : "channels",
                String.join(", ", channels),
                length(),
                plain(rate),
                plain(start),
                plain(seconds(length())));
    }

    static String plain(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.3f", number);
    }
}
