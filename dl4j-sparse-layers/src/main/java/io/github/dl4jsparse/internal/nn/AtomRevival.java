package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.Norms;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gives some atoms of a dictionary new directions. */
public final class AtomRevival {
    /** Relative tolerance of the norm; half precision rounds to a thousandth. */
    private static final double TOLERANCE = 1e-2;

    private AtomRevival() {}

    /**
     * Overwrites some columns.
     *
     * @param dictionary {@code [nIn, nCode]}. Modified in place.
     * @param units      the columns, in ascending order. Not modified.
     * @param directions {@code [units.length, nIn]}, rows of norm 1. Not modified.
     * @param bound      of the norm of an atom; the new ones have norm 1 or, if less, this
     * @throws IllegalArgumentException if a unit is out of range, or the directions are not of this shape and norm
     */
    public static void write(INDArray dictionary, int[] units, INDArray directions, double bound) {
        Args.subset("units", units, Math.toIntExact(dictionary.size(1)));
        requireDirections(directions, units.length, dictionary.size(0));
        INDArray columns = directions.mul(Math.min(1, bound)).castTo(dictionary.dataType());
        for (int i = 0; i < units.length; i++) {
            dictionary.getColumn(units[i]).assign(columns.getRow(i));
        }
    }

    /**
     * Checks directions before anything is written.
     *
     * @param directions {@code [units, columns]}, rows of norm 1. Not modified.
     * @throws IllegalArgumentException if they are of another shape, or a row is not of norm 1, as zero or NaN
     */
    public static void requireDirections(INDArray directions, int units, long columns) {
        Shapes.matrix("directions", directions, columns);
        if (directions.size(0) != units) {
            throw Args.failure("directions", "one for each of the " + units + " units", directions.size(0));
        }
        double[] norms = Norms.rows(directions);
        for (int i = 0; i < norms.length; i++) {
            if (!(Math.abs(norms[i] - 1) <= TOLERANCE)) {
                throw Args.failure("directions", "rows of norm 1", "a norm of " + norms[i] + " in row " + i);
            }
        }
    }
}
