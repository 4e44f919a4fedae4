package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The scale of a penalty relative to the data: its weight as a fraction of the smallest one that makes all codes zero.
 * <p>\[ r = 1 / \min \{ t : \operatorname{prox}_{t \Omega}(D^{\top} x) = 0 \text{ for all } x \} \]
 * where Omega is the penalty, D the dictionary and x the inputs of a batch. With r above 1 all codes of least energy
 * are zero; far below 1e-2 the penalty has little effect. It is exact where the penalty has a dual norm in closed form,
 * else accurate to a factor of 10.
 */
final class PenaltyScale {
    private PenaltyScale() {}

    /**
     * The fraction r.
     *
     * @param correlations D'x, {@code [rows, units]}. Not modified.
     * @return empty for a penalty without proximal operator, or where no weight between 1e-8 and 1e8 times as large is the smallest
     */
    static OptionalDouble of(Penalty penalty, INDArray correlations) {
        // the maximum of an array with NaN is undefined
        if (!(penalty instanceof Proximal proximal) || !Finite.all(correlations)) {
            return OptionalDouble.empty();
        }
        double smallest = proximal.dualNorms(correlations)
                .map(norms -> norms.maxNumber().doubleValue())
                .orElseGet(() -> smallestPower(proximal, correlations));
        return smallest > 0 && Double.isFinite(smallest) ? OptionalDouble.of(1 / smallest) : OptionalDouble.empty();
    }

    /** The smallest power of ten that makes all codes zero; NaN where there is none. */
    private static double smallestPower(Proximal penalty, INDArray correlations) {
        for (int exponent = -8; exponent <= 8; exponent++) {
            double step = Math.pow(10, exponent);
            if (Norms.absolute(penalty.prox(correlations.dup('c'), step)) == 0) {
                return exponent == -8 ? Double.NaN : step;
            }
        }
        return Double.NaN;
    }

    /** Whether a penalty is zero for a code of ones, and thus presumably for every code. */
    static boolean isNone(Penalty penalty, long units) {
        return penalty.value(Nd4j.ones(1, penalty.units() == 0 ? units : penalty.units())) == 0;
    }
}
