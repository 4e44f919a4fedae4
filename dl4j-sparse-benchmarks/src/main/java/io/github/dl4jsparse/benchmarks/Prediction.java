package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.internal.parallel.TaskRecording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The speed-up of a step on several threads, predicted from the times of its parallel and serial parts on one thread.
 *
 * @param step        size and name of the benchmark
 * @param serialShare the share of the time that is outside of all parallel parts
 * @param calls       number of times per step that parts are distributed among threads
 * @param speedUps    the speed-up on 1, 2, 3, ... threads
 */
record Prediction(String step, double serialShare, int calls, List<Double> speedUps) {
    /** The largest number of threads of a prediction. */
    static final int MOST = 64;

    private static final int RECORDINGS = 31;
    private static final double WARM_SECONDS = 2;

    /** Records steps of the dense and of the convolutional layer in this process. */
    static List<Prediction> measured() {
        List<Prediction> predictions = new ArrayList<>();
        for (String size : List.of("128x784x400x11", "512x784x400x11", "256x256x1024x5")) {
            ListaBenchmark dense = new ListaBenchmark();
            dense.size = size;
            dense.threads = 1;
            dense.useThreads();
            dense.prepare();
            predictions.add(of(size + " jointStep", dense::jointStep));
        }
        ConvolutionBenchmark images = new ConvolutionBenchmark();
        images.size = "convolution 32x28x1x64x7x4";
        images.threads = 1;
        images.useThreads();
        images.prepare();
        predictions.add(of(images.size + " unsupervisedStep", images::unsupervisedStep));
        return predictions;
    }

    /** A prediction from the shortest time of every part over several recordings, after some seconds of warming up. */
    private static Prediction of(String name, Runnable step) {
        long end = System.nanoTime() + (long) (WARM_SECONDS * 1e9);
        while (System.nanoTime() < end) {
            step.run();
        }
        List<TaskRecording> recordings = IntStream.range(0, RECORDINGS)
                .mapToObj(i -> TaskRecording.of(step))
                .toList();
        return of(name, TaskRecording.shortest(recordings));
    }

    /** A prediction from one recording. */
    static Prediction of(String step, TaskRecording recording) {
        List<Double> speedUps =
                IntStream.rangeClosed(1, MOST).mapToObj(recording::speedUp).toList();
        return new Prediction(step, recording.serialShare(), recording.calls().size(), speedUps);
    }

    /** The predicted speed-up on a number of threads up to {@value #MOST}. */
    double speedUp(int threads) {
        return speedUps.get(threads - 1);
    }
}
