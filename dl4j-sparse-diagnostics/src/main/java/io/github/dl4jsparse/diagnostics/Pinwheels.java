package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.internal.check.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pinwheel centres of a map of orientations.
 * <p>\[ q = \frac{1}{2 \pi} \sum_{k=1}^{4} \mathrm{wrap}(\alpha_{k+1} - \alpha_k) \in \{-1, 0, 1\}, \qquad
 * \alpha = \arg o = 2 \theta \]
 * where k runs around the four units of a square of the map, and wrap takes the difference that is nearest to 0. A square
 * of charge q is a pinwheel of that sign; it lies where the field, interpolated linearly along both axes, vanishes. Each
 * difference is shared by the two squares of its edge with opposite signs, so the charges of a torus sum to exactly 0.
 * <p>Smooth the field first: in a map of unrelated orientations a third of the squares is charged.
 * {@link PinwheelSupport} then tests each pinwheel against chance. A map of one row or one column has no square and no
 * pinwheel; units of strength 0 count as angle 0.
 * <p>Reference: Bonhoeffer and Grinvald, Iso-orientation domains in cat visual cortex are arranged in pinwheel-like
 * patterns, Nature 353, 1991; Kaschube et al., Universality in the evolution of orientation columns in the visual cortex,
 * Science 330, 2010 (density).
 */
public final class Pinwheels {
    /** The density of narrow-band Gaussian random fields, to which that of the cortex of several mammals is close. */
    public static final double RANDOM_DENSITY = Math.PI;

    private static final int NEWTON_STEPS = 20;

    private final MapGrid grid;
    private final List<Pinwheel> centres;

    private Pinwheels(MapGrid grid, List<Pinwheel> centres) {
        this.grid = grid;
        this.centres = List.copyOf(centres);
    }

    /** Finds the pinwheels of a field. */
    public static Pinwheels of(OrientationField field) {
        MapGrid grid = Args.given("field", field).grid();
        List<Pinwheel> centres = new ArrayList<>();
        int rows = grid.torus() && grid.height() > 1 ? grid.height() : grid.height() - 1;
        int columns = grid.torus() && grid.width() > 1 ? grid.width() : grid.width() - 1;
        double[] angles = angles(field);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int charge = charge(
                        angles[grid.unit(y, x)],
                        angles[grid.unit(y, x + 1)],
                        angles[grid.unit(y + 1, x)],
                        angles[grid.unit(y + 1, x + 1)]);
                if (charge != 0) {
                    centres.add(centre(field, y, x, Integer.signum(charge)));
                }
            }
        }
        return new Pinwheels(grid, centres);
    }

    private static double[] angles(OrientationField field) {
        double[] real = field.real();
        double[] imaginary = field.imaginary();
        double[] angles = new double[real.length];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = Math.atan2(imaginary[i], real[i]);
        }
        return angles;
    }

    /** The winding number around a square; its edges are taken rightwards and downwards, as its neighbours take them. */
    private static int charge(double a, double right, double below, double opposite) {
        double sum = step(a, right) + step(right, opposite) - step(below, opposite) - step(a, below);
        return (int) Math.rint(sum / (2 * Math.PI));
    }

    private static double step(double from, double to) {
        return Math.IEEEremainder(to - from, 2 * Math.PI);
    }

    /** Newton's method for the zero of the interpolated field, from the middle of the square. */
    private static Pinwheel centre(OrientationField field, int top, int left, int sign) {
        double[][] corners = {
            field.between(top, left),
            field.between(top, left + 1),
            field.between(top + 1, left),
            field.between(top + 1, left + 1)
        };
        double y = 0.5;
        double x = 0.5;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double[] value = new double[2];
            double[] byX = new double[2];
            double[] byY = new double[2];
            for (int part = 0; part < 2; part++) {
                double upper = corners[1][part] - corners[0][part];
                double lower = corners[3][part] - corners[2][part];
                double atTop = corners[0][part] + x * upper;
                double atBottom = corners[2][part] + x * lower;
                value[part] = (1 - y) * atTop + y * atBottom;
                byX[part] = (1 - y) * upper + y * lower;
                byY[part] = atBottom - atTop;
            }
            double determinant = byX[0] * byY[1] - byX[1] * byY[0];
            if (!(Math.abs(determinant) > 0)) {
                break;
            }
            x = inside(x - (value[0] * byY[1] - value[1] * byY[0]) / determinant);
            y = inside(y - (byX[0] * value[1] - byX[1] * value[0]) / determinant);
        }
        return new Pinwheel(top + y, left + x, sign);
    }

    private static double inside(double place) {
        return Math.max(0, Math.min(1, place));
    }

    /** The pinwheels of some indices. */
    Pinwheels only(IntStream indices) {
        return new Pinwheels(grid, indices.mapToObj(centres::get).toList());
    }

    /** The pinwheels, row by row; immutable. */
    public List<Pinwheel> centres() {
        return centres;
    }

    /** Number of pinwheels. */
    public int count() {
        return centres.size();
    }

    /** Number of pinwheels of sign +1. */
    public int positive() {
        return (int) centres.stream().filter(centre -> centre.sign() > 0).count();
    }

    /** Number of pinwheels of sign -1. */
    public int negative() {
        return count() - positive();
    }

    /** The sum of the signs, 0 on a torus. */
    public int totalCharge() {
        return positive() - negative();
    }

    /**
     * Pinwheels per squared column spacing; NaN where there is no spacing, or the map has no area.
     *
     * @param spacing in units, such as {@link ColumnSpacing#spacing}
     */
    public double density(double spacing) {
        return grid.density(count(), spacing);
    }

    /** The share of the pinwheels whose nearest one has the other sign; NaN for fewer than two. */
    public double oppositeNeighbours() {
        int opposite = 0;
        for (Pinwheel centre : centres) {
            double nearest = Double.POSITIVE_INFINITY;
            int sign = 0;
            for (Pinwheel other : centres) {
                double distance = grid.distance(centre.y(), centre.x(), other.y(), other.x());
                if (other != centre && distance < nearest) {
                    nearest = distance;
                    sign = other.sign();
                }
            }
            opposite += sign == -centre.sign() ? 1 : 0;
        }
        return count() > 1 ? (double) opposite / count() : Double.NaN;
    }
}
