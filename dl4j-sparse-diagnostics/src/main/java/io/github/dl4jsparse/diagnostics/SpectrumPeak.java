package io.github.dl4jsparse.diagnostics;

/**
 * A Gaussian peak on a quadratic background, fitted to a radial spectrum by least squares.
 * <p>\[ P(k) = a_0 e^{-(k - a_1)^2 / 2 a_2^2} + a_3 + a_4 k + a_5 k^2, \qquad a_0 > 0 \]
 * Position and width of the peak are found by a grid search that is refined around the best point; for each pair of
 * them, height and background are the solution of a linear least squares problem. Where there are fewer than seven
 * rings, the background is flat.
 *
 * @param height     a0, 0 where there is no peak
 * @param frequency  a1, in cycles along the map's longer side
 * @param width      a2
 * @param background a3, a4, a5
 * @param error      sum of squared differences
 */
record SpectrumPeak(double height, double frequency, double width, double[] background, double error) {
    /** The smallest width of a peak, in rings; a narrower one could lie between two rings unseen. */
    private static final double NARROWEST = 0.5;

    private static final int PLACES = 80;
    private static final int WIDTHS = 24;
    private static final int REFINEMENTS = 12;

    /** The best fit; without a peak where none rises above the background. */
    static SpectrumPeak fit(RadialSpectrum spectrum) {
        double[] k = spectrum.frequencies();
        SpectrumPeak best = new SpectrumPeak(0, Double.NaN, Double.NaN, new double[3], Double.POSITIVE_INFINITY);
        if (k.length < 4) {
            return best;
        }
        double low = k[0];
        double high = k[k.length - 1];
        double widest = Math.max(2 * NARROWEST, (high - low) / 3);
        double place = (high - low) / PLACES;
        double factor = Math.pow(widest / NARROWEST, 1.0 / WIDTHS);
        for (int i = 0; i <= PLACES; i++) {
            for (int j = 0; j <= WIDTHS; j++) {
                best = better(best, at(spectrum, low + i * place, NARROWEST * Math.pow(factor, j)));
            }
        }
        for (int refinement = 0; refinement < REFINEMENTS && best.height > 0; refinement++) {
            SpectrumPeak centre = best;
            for (int i = -2; i <= 2; i++) {
                for (int j = -2; j <= 2; j++) {
                    double frequency = Math.max(low, Math.min(high, centre.frequency + i * place / 2));
                    double width = centre.width * Math.pow(factor, j / 2.0);
                    best = better(best, at(spectrum, frequency, Math.max(NARROWEST, Math.min(widest, width))));
                }
            }
            place /= 2;
            factor = Math.sqrt(factor);
        }
        return best;
    }

    private static SpectrumPeak better(SpectrumPeak best, SpectrumPeak other) {
        return other.height > 0 && other.error < best.error ? other : best;
    }

    /** The linear least squares problem for one position and width. */
    private static SpectrumPeak at(RadialSpectrum spectrum, double frequency, double width) {
        double[] k = spectrum.frequencies();
        double scale = k[k.length - 1];
        int terms = k.length < 7 ? 2 : 4;
        double[][] equations = new double[terms][terms + 1];
        double[] basis = new double[terms];
        for (int ring = 0; ring < k.length; ring++) {
            fill(basis, k[ring], frequency, width, scale);
            for (int i = 0; i < terms; i++) {
                for (int j = 0; j < terms; j++) {
                    equations[i][j] += basis[i] * basis[j];
                }
                equations[i][terms] += basis[i] * spectrum.power()[ring];
            }
        }
        double[] a = solve(equations);
        double error = 0;
        for (int ring = 0; ring < k.length; ring++) {
            fill(basis, k[ring], frequency, width, scale);
            double difference = -spectrum.power()[ring];
            for (int i = 0; i < terms; i++) {
                difference += a[i] * basis[i];
            }
            error += difference * difference;
        }
        double[] background = {a[1], terms > 2 ? a[2] / scale : 0, terms > 2 ? a[3] / (scale * scale) : 0};
        return new SpectrumPeak(a[0], frequency, width, background, error);
    }

    private static void fill(double[] basis, double k, double frequency, double width, double scale) {
        double away = (k - frequency) / width;
        basis[0] = Math.exp(-away * away / 2);
        for (int power = 1; power < basis.length; power++) {
            basis[power] = power == 1 ? 1 : basis[power - 1] * k / scale;
        }
    }

    /** Gauss's elimination with pivots; NaN where the equations have no single solution. */
    private static double[] solve(double[][] equations) {
        int n = equations.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(equations[row][column]) > Math.abs(equations[pivot][column]) ? row : pivot;
            }
            double[] swapped = equations[column];
            equations[column] = equations[pivot];
            equations[pivot] = swapped;
            for (int row = 0; row < n; row++) {
                double factor = row == column ? 0 : equations[row][column] / equations[column][column];
                for (int i = column; i <= n && factor != 0; i++) {
                    equations[row][i] -= factor * equations[column][i];
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = equations[i][n] / equations[i][i];
        }
        return solution;
    }

    /** The fitted power. */
    double at(double k) {
        double away = (k - frequency) / width;
        double bell = height > 0 ? height * Math.exp(-away * away / 2) : 0;
        return bell + background[0] + k * (background[1] + k * background[2]);
    }
}
