package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A map of orientations as complex numbers of twice the angle, which are the same for theta and theta + pi.
 * <p>\[ o = s\, e^{2 i \theta} \]
 * where theta is a unit's orientation and s its strength: 1 for a unit with an orientation, 0 for one without, less in
 * between after smoothing.
 * <p>Shapes: real and imaginary part {@code [height * width]}, row by row. Immutable.
 */
public final class OrientationField {
    /** A Gaussian is cut off beyond this many standard deviations. */
    private static final double REACH = 5;

    private final MapGrid grid;
    private final double[] real;
    private final double[] imaginary;

    private OrientationField(MapGrid grid, double[] real, double[] imaginary) {
        this.grid = grid;
        this.real = real;
        this.imaginary = imaginary;
    }

    /**
     * A field of complex numbers.
     *
     * @param real      one number a unit. Not modified.
     * @param imaginary one number a unit. Not modified.
     * @throws IllegalArgumentException if there are more or fewer numbers than units, or one is not finite
     */
    public static OrientationField of(MapGrid grid, double[] real, double[] imaginary) {
        Args.given("grid", grid);
        grid.checked("real", real);
        grid.checked("imaginary", imaginary);
        for (int i = 0; i < real.length; i++) {
            Args.nonNegative("strength of unit " + i, Math.hypot(real[i], imaginary[i]));
        }
        return new OrientationField(grid, real.clone(), imaginary.clone());
    }

    /**
     * The field of orientations, all of strength 1.
     *
     * @param orientations in rad, NaN for a unit without one. Not modified.
     * @throws IllegalArgumentException if there are more or fewer orientations than units, or one is infinite
     */
    public static OrientationField ofOrientations(MapGrid grid, double[] orientations) {
        Args.given("grid", grid).checked("orientations", orientations);
        double[] real = new double[orientations.length];
        double[] imaginary = new double[orientations.length];
        for (int i = 0; i < real.length; i++) {
            double theta = orientations[i];
            if (Double.isInfinite(theta)) {
                throw Args.failure("orientation of unit " + i, "finite, or NaN for none", theta);
            }
            real[i] = Double.isNaN(theta) ? 0 : Math.cos(2 * theta);
            imaginary[i] = Double.isNaN(theta) ? 0 : Math.sin(2 * theta);
        }
        return new OrientationField(grid, real, imaginary);
    }

    /** The positions of the units. */
    public MapGrid grid() {
        return grid;
    }

    /** The orientation of a unit in rad, from 0 to below pi; NaN where the strength is 0. */
    public double orientation(int unit) {
        return strength(unit) > 0 ? orientation(real[unit], imaginary[unit]) : Double.NaN;
    }

    static double orientation(double real, double imaginary) {
        double theta = Math.atan2(imaginary, real) / 2;
        double positive = theta < 0 ? theta + Math.PI : theta;
        return positive < Math.PI ? positive : 0;
    }

    /** The strength of a unit's orientation. */
    public double strength(int unit) {
        return Math.hypot(real[unit], imaginary[unit]);
    }

    /** Real parts; a new array. */
    public double[] real() {
        return real.clone();
    }

    /** Imaginary parts; a new array. */
    public double[] imaginary() {
        return imaginary.clone();
    }

    /** The field between the units, by linear interpolation along both axes; beyond a border it is constant. */
    double[] between(double y, double x) {
        double row = grid.torus() ? y : Math.max(0, Math.min(y, grid.height() - 1.0));
        double column = grid.torus() ? x : Math.max(0, Math.min(x, grid.width() - 1.0));
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double[] value = new double[2];
        for (int corner = 0; corner < 4; corner++) {
            int down = corner / 2;
            int right = corner % 2;
            double weight = (down == 1 ? row - top : 1 - row + top) * (right == 1 ? column - left : 1 - column + left);
            if (weight > 0) {
                int unit = grid.unit(top + down, left + right);
                value[0] += weight * real[unit];
                value[1] += weight * imaginary[unit];
            }
        }
        return value;
    }

    /**
     * The mean over a Gaussian window about every unit. At a border the window is truncated to the map.
     *
     * @param sigma standard deviation in units, 0 for no smoothing
     * @throws IllegalArgumentException if {@code sigma} is negative or not finite
     */
    public OrientationField smoothed(double sigma) {
        if (Args.nonNegative("sigma", sigma) == 0) {
            return this;
        }
        double[][] rows = window(grid.height(), sigma);
        double[][] columns = window(grid.width(), sigma);
        return new OrientationField(grid, blurred(real, rows, columns), blurred(imaginary, rows, columns));
    }

    /** As {@link #smoothed}, but without the unit itself in the mean about it. */
    OrientationField smoothedOthers(double sigma) {
        OrientationField all = smoothed(sigma);
        double[][] rows = window(grid.height(), sigma);
        double[][] columns = window(grid.width(), sigma);
        double[] re = all.real();
        double[] im = all.imaginary();
        for (int unit = 0; unit < re.length; unit++) {
            int y = unit / grid.width();
            int x = unit % grid.width();
            double own = rows[y][y] * columns[x][x];
            re[unit] -= own * real[unit];
            im[unit] -= own * imaginary[unit];
        }
        return new OrientationField(grid, re, im);
    }

    /** The weight of every position (column) in the mean about a position (row) of one axis. */
    private double[][] window(int size, double sigma) {
        double[][] weights = new double[size][size];
        int reach = (int) Math.min(Math.ceil(REACH * sigma), 16.0 * size);
        for (int at = 0; at < size; at++) {
            double sum = 0;
            for (int shift = -reach; shift <= reach; shift++) {
                if (grid.torus() || at + shift >= 0 && at + shift < size) {
                    double weight = Math.exp(-(shift / sigma) * (shift / sigma) / 2);
                    weights[at][Math.floorMod(at + shift, size)] += weight;
                    sum += weight;
                }
            }
            for (int from = 0; from < size; from++) {
                weights[at][from] /= sum;
            }
        }
        return weights;
    }

    private double[] blurred(double[] values, double[][] rows, double[][] columns) {
        int height = grid.height();
        int width = grid.width();
        double[] half = new double[values.length];
        double[] whole = new double[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int from = 0; from < width; from++) {
                    half[y * width + x] += columns[x][from] * values[y * width + from];
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int from = 0; from < height; from++) {
                for (int x = 0; rows[y][from] > 0 && x < width; x++) {
                    whole[y * width + x] += rows[y][from] * half[from * width + x];
                }
            }
        }
        return whole;
    }

    /**
     * A random field with exactly this field's power at every frequency: only the phases are random. Whatever is as
     * large in such fields is explained by the spectrum alone. The field is taken as periodic.
     */
    public OrientationField withRandomPhases(long seed) {
        Random random = new Random(seed);
        double[] re = real.clone();
        double[] im = imaginary.clone();
        Fourier.transform(re, im, grid.height(), grid.width());
        for (int i = 0; i < re.length; i++) {
            double amplitude = Math.hypot(re[i], im[i]);
            double phase = 2 * Math.PI * random.nextDouble();
            re[i] = amplitude * Math.cos(phase);
            im[i] = amplitude * Math.sin(phase);
        }
        Fourier.inverse(re, im, grid.height(), grid.width());
        return new OrientationField(grid, re, im);
    }

    /** This field with the units that have an orientation in other positions, at random. */
    OrientationField shuffled(Random random) {
        int[] places =
                IntStream.range(0, real.length).filter(i -> strength(i) > 0).toArray();
        int[] arrangement = Arrangement.identity(real.length);
        Arrangement.shuffle(arrangement, places, random);
        return new OrientationField(
                grid,
                IntStream.of(arrangement).mapToDouble(unit -> real[unit]).toArray(),
                IntStream.of(arrangement).mapToDouble(unit -> imaginary[unit]).toArray());
    }
}
