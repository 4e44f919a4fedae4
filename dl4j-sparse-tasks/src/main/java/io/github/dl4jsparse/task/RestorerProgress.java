package io.github.dl4jsparse.task;

import java.util.Locale;

/**
 * The progress of the training of a restorer.
 *
 * @param iteration  batches so far
 * @param iterations batches in all
 * @param minutes    of training so far
 * @param error      mean squared error of a pixel over the batches since the last report, in training
 * @param psnr       mean over held-out images with noise of level 25 / 255, in decibels; NaN where none are held out
 */
public record RestorerProgress(int iteration, int iterations, double minutes, double error, double psnr) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d batches, %.1f minutes, training %.2f dB%s",
                iteration,
                iterations,
                minutes,
                -10 * Math.log10(error),
                Double.isNaN(psnr) ? "" : String.format(Locale.ROOT, ", held out %.2f dB at noise 25", psnr));
    }
}
