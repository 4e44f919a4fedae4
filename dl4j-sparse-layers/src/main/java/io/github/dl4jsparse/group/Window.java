package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The window that {@link Groups#ring}, {@link Groups#torus} and {@link Groups#grid} shift over units: its side, its shift and
 * its weights.
 * <p>\[ w_i = \frac{s \, e^{-(i - (s - 1) / 2)^2 / 2 \sigma^2}}{\sum_k e^{-(k - (s - 1) / 2)^2 / 2 \sigma^2}}, \qquad
 * i = 0, \dots, s - 1 \]
 * where s is the side and sigma the width of the Gaussian; weights of a square window are the products of the weights of its
 * row and its column. An infinite sigma makes all weights 1. Weights always sum to the number of units in the window,
 * so that the weight of a penalty is comparable between uniform and Gaussian windows.
 *
 * @param size   units along one side, at least 1
 * @param stride units from one window to the next, at least 1; windows overlap where it is less than the size
 * @param sigma  standard deviation of Gaussian weights, in units, &gt; 0; infinity for uniform weights
 */
public record Window(int size, int stride, double sigma) implements Serializable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a parameter is out of its range */
    public Window {
        Args.atLeast("window size", size, 1);
        Args.atLeast("window stride", stride, 1);
        Args.bound("window sigma", sigma);
    }

    /** A window of uniform weights that shifts by one unit. */
    public static Window of(int size) {
        return new Window(size, 1, Double.POSITIVE_INFINITY);
    }

    /** This window with another stride. */
    public Window stride(int units) {
        return new Window(size, units, sigma);
    }

    /** This window with Gaussian weights. */
    public Window gaussian(double width) {
        return new Window(size, stride, width);
    }

    /** The weights along one side: a new array. */
    public double[] weights() {
        double centre = (size - 1) / 2.0;
        double[] bell = IntStream.range(0, size)
                .mapToDouble(i -> Math.exp(-(i - centre) * (i - centre) / (2 * sigma * sigma)))
                .toArray();
        double sum = DoubleStream.of(bell).sum();
        return DoubleStream.of(bell)
                .map(w -> Args.positive("weight of window with sigma " + sigma, w * size / sum))
                .toArray();
    }
}
