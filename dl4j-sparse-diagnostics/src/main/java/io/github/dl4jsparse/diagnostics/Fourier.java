package io.github.dl4jsparse.diagnostics;

/**
 * The discrete Fourier transform of complex numbers on a grid of any sides.
 * <p>\[ F(a, b) = \sum_{y, x} f(y, x)\, e^{-2 \pi i (a y / h + b x / w)} \]
 * Mixed-radix: a side with small prime factors takes n log n operations, a prime side n^2.
 * <p>Shapes: real and imaginary parts, each {@code [height * width]} row by row.
 * <p>Reference: Cooley and Tukey, An algorithm for the machine calculation of complex Fourier series, Mathematics of
 * Computation 19, 1965.
 */
final class Fourier {
    private final int size;
    private final double[] cosines;
    private final double[] sines;

    private Fourier(int size) {
        this.size = size;
        cosines = new double[size];
        sines = new double[size];
        for (int i = 0; i < size; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / size);
            sines[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Transforms both axes; the arrays are replaced in place. */
    static void transform(double[] real, double[] imaginary, int height, int width) {
        axis(real, imaginary, height, width, width, 1);
        axis(real, imaginary, width, height, 1, width);
    }

    /** The inverse of {@link #transform}, in place. */
    static void inverse(double[] real, double[] imaginary, int height, int width) {
        // exchanging real and imaginary part turns the transform into its inverse, up to the factor
        transform(imaginary, real, height, width);
        for (int i = 0; i < real.length; i++) {
            real[i] /= real.length;
            imaginary[i] /= real.length;
        }
    }

    private static void axis(double[] real, double[] imaginary, int lines, int size, int between, int stride) {
        Fourier fourier = new Fourier(size);
        double[] re = new double[size];
        double[] im = new double[size];
        double[] scratch = new double[2 * size];
        for (int line = 0; line < lines; line++) {
            int start = line * between;
            fourier.line(real, imaginary, start, stride, re, im, 0, size, scratch);
            for (int i = 0; i < size; i++) {
                real[start + i * stride] = re[i];
                imaginary[start + i * stride] = im[i];
            }
        }
    }

    /** Transforms n values from {@code start} on, {@code stride} apart, into n consecutive ones. */
    private void line(
            double[] re, double[] im, int start, int stride, double[] toRe, double[] toIm, int to, int n, double[] s) {
        if (n == 1) {
            toRe[to] = re[start];
            toIm[to] = im[start];
            return;
        }
        int factor = smallestFactor(n);
        int part = n / factor;
        for (int r = 0; r < factor; r++) {
            line(re, im, start + r * stride, stride * factor, toRe, toIm, to + r * part, part, s);
        }
        int turn = size / n;
        for (int k = 0; k < part; k++) {
            for (int q = 0; q < factor; q++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int r = 0; r < factor; r++) {
                    int angle = (int) ((long) (k + q * part) * r * turn % size);
                    double partRe = toRe[to + r * part + k];
                    double partIm = toIm[to + r * part + k];
                    sumRe += partRe * cosines[angle] + partIm * sines[angle];
                    sumIm += partIm * cosines[angle] - partRe * sines[angle];
                }
                s[2 * q] = sumRe;
                s[2 * q + 1] = sumIm;
            }
            for (int q = 0; q < factor; q++) {
                toRe[to + q * part + k] = s[2 * q];
                toIm[to + q * part + k] = s[2 * q + 1];
            }
        }
    }

    private static int smallestFactor(int n) {
        for (int factor = 2; factor * factor <= n; factor++) {
            if (n % factor == 0) {
                return factor;
            }
        }
        return n;
    }
}
