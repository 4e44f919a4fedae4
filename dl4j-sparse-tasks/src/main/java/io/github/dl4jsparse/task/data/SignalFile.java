package io.github.dl4jsparse.task.data;

import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a recording from a CSV file as {@link CsvFile} says: a row is a sample, a column a channel.
 * <pre>{@code
 * Signal heart = SignalFile.of(Path.of("ecg.csv.gz"), 360).seconds(0, 120).read();
 * }</pre>
 * <p>Samples are at equal intervals, so that none is left out: one that is missing, text or in a row with another
 * number of cells is interpolated linearly between its neighbours, at an end replaced by the nearest sample. These are
 * counted, logged and reported, and with {@link #strict} an error.
 * <p>Errors: an {@code IOException} if there is no number or no sample in the stated seconds, an
 * {@code IllegalArgumentException} if there is no such column. Immutable.
 */
public final class SignalFile {
    private static final Logger LOG = LoggerFactory.getLogger(SignalFile.class);

    private final Path file;
    private final double rate;
    private final List<String> columns;
    private final double from;
    private final double to;
    private final boolean strict;

    private SignalFile(Path file, double rate, List<String> columns, double from, double to, boolean strict) {
        this.file = file;
        this.rate = rate;
        this.columns = columns;
        this.from = from;
        this.to = to;
        this.strict = strict;
    }

    /**
     * All columns of numbers of a file.
     *
     * @param rate samples a second
     * @throws IllegalArgumentException if the rate is not finite and above 0
     */
    public static SignalFile of(Path file, double rate) {
        return new SignalFile(
                Args.given("file", file), Args.positive("rate", rate), List.of(), 0, Double.POSITIVE_INFINITY, false);
    }

    /**
     * These columns as channels, in this order.
     *
     * @param names of the header, or numbers from 1; none for all columns of numbers
     */
    public SignalFile columns(String... names) {
        return new SignalFile(file, rate, List.of(Args.given("columns", names)), from, to, strict);
    }

    /**
     * A part of the recording.
     *
     * @param start of the first sample, from 0
     * @param end   of the first sample that is not read, above the start
     * @throws IllegalArgumentException if they are not
     */
    public SignalFile seconds(double start, double end) {
        Args.nonNegative("start in seconds", start);
        if (!(end > start)) {
            throw Args.failure("end in seconds", "above the start, " + Signal.plain(start), end);
        }
        return new SignalFile(file, rate, columns, start, end, strict);
    }

    /** Makes every warning an error. */
    public SignalFile strict() {
        return new SignalFile(file, rate, columns, from, to, true);
    }

    /**
     * Reads the samples.
     *
     * @throws IOException              if there is none; names file, rule and what was found
     * @throws IllegalArgumentException if there is no column of a name; names those that there are
     */
    public Signal read() throws IOException {
        Findings findings = new Findings();
        CsvTable table = CsvTable.of(file, null, null);
        List<Integer> chosen = table.numbers(columns, null, findings);
        int first = (int) Math.min(Math.ceil(from * rate), Integer.MAX_VALUE);
        int end = (int) Math.min(Math.ceil(to * rate), table.rows());
        if (first >= end) {
            throw new IOException("seconds of " + file + " must be from 0 to " + Signal.plain(table.rows() / rate)
                    + " ("
                    + table.rows() + " samples at " + Signal.plain(rate) + " Hz), got " + Signal.plain(from) + " to "
                    + Signal.plain(to));
        }
        if (to < Double.POSITIVE_INFINITY && Math.ceil(to * rate) > table.rows()) {
            findings.add(file + " ends at second " + Signal.plain(table.rows() / rate) + ", before second "
                    + Signal.plain(to));
        }
        float[][] samples = new float[chosen.size()][];
        List<String> replaced = new ArrayList<>();
        for (int c = 0; c < samples.length; c++) {
            samples[c] = filled(table, chosen.get(c), first, end, replaced);
        }
        if (!replaced.isEmpty()) {
            findings.add(Findings.count(replaced.size(), "number is", "numbers are")
                    + " missing and replaced by the straight line between the neighbours: " + Findings.some(replaced));
        }
        INDArray values = Nd4j.createFromArray(new float[][][] {samples});
        List<String> names = chosen.stream().map(table::name).toList();
        ReadingReport unread = new ReadingReport("", List.of());
        String what = new Signal(values, rate, first / rate, names, unread).description();
        String summary =
                "read " + what + ", from " + file + (replaced.isEmpty() ? "" : "; replaced " + replaced.size());
        return new Signal(values, rate, first / rate, names, findings.report(summary, file.toString(), strict, LOG));
    }

    private float[] filled(CsvTable table, int column, int first, int end, List<String> replaced) throws IOException {
        float[] samples = new float[end - first];
        int last = -1;
        for (int i = 0; i < samples.length; i++) {
            double[] row = table.row(first + i);
            double value = row == null ? CsvCells.MISSING : row[column];
            if (Double.isFinite(value)) {
                samples[i] = (float) value;
                fill(samples, last, i);
                last = i;
            } else {
                replaced.add("line " + table.line(first + i) + ", column \"" + table.name(column) + "\"");
            }
        }
        if (last < 0) {
            throw new IOException(file + " must hold numbers in column \"" + table.name(column)
                    + "\", got none from second " + Signal.plain(first / rate) + " to " + Signal.plain(end / rate));
        }
        Arrays.fill(samples, last + 1, samples.length, samples[last]);
        return samples;
    }

    /** Interpolates between two known samples; the index of the last one is -1 before the first. */
    private static void fill(float[] samples, int last, int next) {
        for (int i = last + 1; i < next; i++) {
            double part = last < 0 ? 1 : (double) (i - last) / (next - last);
            samples[i] = (float) (last < 0 ? samples[next] : samples[last] + part * (samples[next] - samples[last]));
        }
    }
}
