package io.github.dl4jsparse.nn.common;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gives some atoms of a dictionary new directions. */
public final class AtomRevival {
    private AtomRevival() {}

    /**
     * Overwrites some columns.
     *
     * @param dictionary {@code [nIn, nCode]}. Modified in place.
     * @param units      the columns, in ascending order. Not modified.
     * @param directions {@code [units.length, nIn]}, rows of norm 1. Not modified.
     * @param bound      of the norm of an atom; the new ones have norm 1 or, if less, this
     * @throws IllegalArgumentException if a unit is out of range, or the directions are not of this shape
     */
    public static void write(INDArray dictionary, int[] units, INDArray directions, double bound) {
        Args.subset("units", units, Math.toIntExact(dictionary.size(1)));
        Shapes.matrix("directions", directions, dictionary.size(0));
        if (directions.size(0) != units.length) {
            throw Args.failure("directions", "one for each of the " + units.length + " units", directions.size(0));
        }
        INDArray columns = directions.mul(Math.min(1, bound)).castTo(dictionary.dataType());
        for (int i = 0; i < units.length; i++) {
            dictionary.getColumn(units[i]).assign(columns.getRow(i));
        }
    }
}
