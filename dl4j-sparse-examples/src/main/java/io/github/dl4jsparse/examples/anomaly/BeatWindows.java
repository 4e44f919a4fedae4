package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.task.data.ExampleSet;
import io.github.dl4jsparse.task.data.HeartBeats;
import io.github.dl4jsparse.task.data.ReadingReport;
import io.github.dl4jsparse.task.data.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The beats of the first channel of a recording, each a window from 0.25 s before its position to 0.4 s after it, of about 120 samples a
 * second, less its median, which takes the wander of the base line away.
 *
 * @param signal    the recording
 * @param positions of the beats whose window lies within it
 * @param windows   {@code [beats, 1, time]}
 */
record BeatWindows(Signal signal, int[] positions, ExampleSet windows) {
    private static final double BEFORE = 0.25;
    private static final double AFTER = 0.4;
    private static final double RATE = 120;

    /** @throws IOException if there are no beats */
    static BeatWindows of(Signal signal) throws IOException {
        float[] samples = signal.channel(0);
        int step = Math.max(1, (int) Math.round(signal.rate() / RATE));
        int before = (int) Math.round(BEFORE * signal.rate() / step) * step;
        int after = (int) Math.round(AFTER * signal.rate() / step) * step;
        List<Integer> positions = new ArrayList<>();
        List<float[][]> windows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] found = HeartBeats.find(samples, signal.rate());
        for (int beat : found) {
            if (beat >= before && beat + after <= samples.length) {
                positions.add(beat);
                windows.add(new float[][] {window(samples, beat - before, (before + after) / step, step)});
                names.add(String.format(Locale.ROOT, "beat at second %.2f", signal.seconds(beat)));
            }
        }
        if (windows.isEmpty()) {
            throw new IOException("the recording must have beats, got none ("
                    + signal.report().summary() + ")");
        }
        String summary = String.format(
                Locale.ROOT,
                "%d beats, %d at the ends left out; %s",
                positions.size(),
                found.length - positions.size(),
                signal.report().summary());
        ReadingReport report = new ReadingReport(summary, signal.report().warnings());
        ExampleSet set = new ExampleSet(
                Nd4j.createFromArray(windows.toArray(float[][][]::new)), names, List.of(), List.of(), report);
        return new BeatWindows(
                signal, positions.stream().mapToInt(Integer::intValue).toArray(), set);
    }

    private static float[] window(float[] samples, int first, int length, int step) {
        float[] window = new float[length];
        for (int i = 0; i < length; i++) {
            float sum = 0;
            for (int k = 0; k < step; k++) {
                sum += samples[first + i * step + k];
            }
            window[i] = sum / step;
        }
        float[] sorted = window.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < length; i++) {
            window[i] -= sorted[length / 2];
        }
        return window;
    }

    /**
     * Which beats are wide by the reference rule, {@link QrsWidth}.
     *
     * @param millivolts of one unit of the recording
     */
    boolean[] wide(double millivolts) {
        float[] samples = signal.channel(0);
        double[] values = new double[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] * millivolts;
        }
        QrsWidth width = new QrsWidth(values, signal.rate());
        boolean[] wide = new boolean[positions.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = width.isWide(positions[i]);
        }
        return wide;
    }
}
