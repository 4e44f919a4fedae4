package io.github.dl4jsparse.internal.energy;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.SymmetricCappedSimplex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The constraints on a learned inhibition matrix, and the projection onto them.
 * <p>\[ S = S^{\top}, \qquad S_{ii} = 0, \qquad 0 \le S_{ij} \le \beta, \qquad \sum_i S_{ij} = c \ (\text{or} \le c) \]
 * where beta is the largest entry and c the column sum; where a mask is zero S is too. A projected matrix satisfies all
 * of them exactly, the sums up to rounding.
 * <p>Shapes: {@code S: [units, units]}.
 * <p>Errors: {@link IllegalArgumentException} for a number out of its range, and where no matrix meets the limits.
 */
public final class InhibitionLimits {
    private static final Logger LOG = LoggerFactory.getLogger(InhibitionLimits.class);

    private final int units;
    private final double columnSum;
    private final SymmetricCappedSimplex set;

    /**
     * @param units     number of rows and columns
     * @param columnSum c, finite and &gt; 0
     * @param maxEntry  beta, finite and &gt; 0
     * @param mask      where it is zero, S stays zero; null for no mask
     * @param allowLess whether a column may have less than c
     */
    public InhibitionLimits(int units, double columnSum, double maxEntry, InhibitionMatrix mask, boolean allowLess) {
        this.units = Args.atLeast("units", units, 1);
        this.columnSum = columnSum;
        if (mask != null && mask.units() != units) {
            throw Args.failure("mask", "for the " + units + " units", "one for " + mask.units());
        }
        boolean[] free = new boolean[units * units];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                free[i * units + j] = i != j && (mask == null || mask.get(i, j) > 0);
            }
        }
        this.set = new SymmetricCappedSimplex(units, free, columnSum, maxEntry, allowLess);
    }

    /**
     * Projects a matrix; one with values that are not finite is not changed.
     *
     * @param inhibition {@code [units, units]}. Modified in place.
     */
    public void project(INDArray inhibition) {
        if (inhibition.rank() != 2 || inhibition.rows() != units || inhibition.columns() != units) {
            throw Args.failure("inhibition", "a matrix [" + units + ", " + units + "]", inhibition.shapeInfoToString());
        }
        double[] values = HostArrays.doubles(inhibition);
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return;
            }
        }
        if (!set.project(values)) {
            LOG.warn(
                    "Column sums of {} inhibiting units are only near {}: the search reached its limit of iterations",
                    units,
                    columnSum);
        }
        HostArrays.write(values, inhibition);
    }
}
