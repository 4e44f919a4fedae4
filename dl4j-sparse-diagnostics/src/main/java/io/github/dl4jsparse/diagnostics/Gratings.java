package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images of a sine grating in evenly spaced orientations, the usual stimuli of orientation tuning in physiology.
 * <p>\[ x_{y,x} = \cos\bigl(2 \pi f (y' \cos\theta - x' \sin\theta) + \phi\bigr), \qquad \theta = \pi i / n \]
 * where x' and y' are distances in pixels from the middle of the image, f the frequency, and theta the direction along the
 * stripes, as {@link FilterOrientation} measures it.
 * <p>Shapes: {@code [orientations, channels, height, width]}, all channels alike.
 *
 * @param channels     at least 1
 * @param height       in pixels, at least 1
 * @param width        in pixels, at least 1
 * @param orientations number of images, at least 2
 * @param frequency    in cycles per pixel, above 0 and at most 0.5
 */
public record Gratings(int channels, int height, int width, int orientations, double frequency) {
    /** @throws IllegalArgumentException if a parameter is out of its range */
    public Gratings {
        Args.atLeast("channels", channels, 1);
        Args.atLeast("height", height, 1);
        Args.atLeast("width", width, 1);
        Args.atLeast("orientations", orientations, 2);
        Args.inRange("frequency", Args.positive("frequency", frequency), 0, 0.5);
    }

    /** The direction along the stripes of an image, in rad from 0 to below pi. */
    public double orientation(int image) {
        return Math.PI * image / orientations;
    }

    /**
     * All images in one phase.
     *
     * @param phase phi in rad
     * @return a new array in single precision
     */
    public INDArray phase(double phase) {
        float[] pixels = new float[Math.multiplyExact(orientations * channels, height * width)];
        for (int i = 0; i < pixels.length; i++) {
            double theta = orientation(i / (channels * height * width));
            double y = i / width % height - (height - 1) / 2.0;
            double x = i % width - (width - 1) / 2.0;
            double across = y * Math.cos(theta) - x * Math.sin(theta);
            pixels[i] = (float) Math.cos(2 * Math.PI * frequency * across + phase);
        }
        return Nd4j.create(pixels, new long[] {orientations, channels, height, width}, 'c');
    }
}
