package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.energy.InhibitionLimits;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rectification;
import io.github.dl4jsparse.internal.math.RowBlocks;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How an inhibition matrix is learned while the network minimises the energy: by gradient ascent or descent in the
 * energy, within limits.
 * <p>\[ S \leftarrow \mathrm{project}\bigl(S \pm \eta \, \alpha \lvert z \rvert \lvert z \rvert^{\top}\bigr), \qquad
 * 0 \le S_{ij} \le \beta, \quad \sum_i S_{ij} = c, \quad S = S^{\top}, \quad S_{ii} = 0 \]
 * where eta is the learning rate, alpha the weight of the penalty, beta the largest entry and c the column sum. By
 * ascent, S grows on pairs of units that are active together until they no longer are; pairs that never are stay at
 * zero. Units without inhibition, such as the root of a tree, have no column sum: with {@code allowLess}, c is an upper
 * bound of each column sum. By descent, inhibition moves to pairs that are never active together at constant column
 * sums; pairs that are active together become zero.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 *
 * @param direction ascent or descent
 * @param columnSum c, finite and &gt; 0, at most beta times the entries of a column that are free
 * @param maxEntry  beta, finite and &gt; 0
 * @param keepZeros whether pairs that start from zero stay zero
 * @param allowLess whether a column sum may be below c; ascent then fills only columns of units that are active
 *      together with others, descent none
 */
public record LearnedInhibition(
        @JsonProperty("direction") Direction direction,
        @JsonProperty("columnSum") double columnSum,
        @JsonProperty("maxEntry") double maxEntry,
        @JsonProperty("keepZeros") boolean keepZeros,
        @JsonProperty("allowLess") boolean allowLess)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Name of S among the parameters of a penalty that learns it. */
    public static final String INHIBITION = "S";

    /** The direction of the steps of S. */
    public enum Direction {
        /** Ascent: a saddle point of the energy, which code and network minimise and S maximises. */
        ASCENT,
        /** Descent, at constant column sums. */
        DESCENT
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    @JsonCreator
    public LearnedInhibition {
        Args.given("direction", direction);
        Args.positive("column sum", columnSum);
        Args.positive("largest entry", maxEntry);
    }

    /** With column sums of exactly c. */
    public LearnedInhibition(Direction direction, double columnSum, double maxEntry, boolean keepZeros) {
        this(direction, columnSum, maxEntry, keepZeros, false);
    }

    /** By ascent, with any pair free. */
    public static LearnedInhibition ascent(double columnSum, double maxEntry) {
        return new LearnedInhibition(Direction.ASCENT, columnSum, maxEntry, false);
    }

    /** By descent, with any pair free. */
    public static LearnedInhibition descent(double columnSum, double maxEntry) {
        return new LearnedInhibition(Direction.DESCENT, columnSum, maxEntry, false);
    }

    /** The same with pairs that are zero at the start kept at zero. */
    public LearnedInhibition keepingZeros() {
        return new LearnedInhibition(direction, columnSum, maxEntry, true, allowLess);
    }

    /** The same with c as an upper bound of the column sums. */
    public LearnedInhibition columnSumAtMost() {
        return new LearnedInhibition(direction, columnSum, maxEntry, keepZeros, true);
    }

    /**
     * The limits of S.
     *
     * @param start the first S @throws IllegalArgumentException if no matrix satisfies them
     */
    InhibitionLimits limits(InhibitionMatrix start) {
        return new InhibitionLimits(start.units(), columnSum, maxEntry, keepZeros ? start : null, allowLess);
    }

    /**
     * Checks a matrix as the first S.
     *
     * @throws IllegalArgumentException if it has a diagonal, or no matrix of its size meets the limits
     */
    public void requireStart(InhibitionMatrix start) {
        if (!start.equals(start.withDiagonal(0))) {
            throw Args.failure("diagonal of the inhibition", "zero where it is learned", "another");
        }
        limits(start);
    }

    /**
     * Writes the first values of S: the nearest matrix within the limits.
     *
     * @param start  what S starts from
     * @param target S. Modified in place.
     */
    public void start(InhibitionMatrix start, INDArray target) {
        target.assign(Nd4j.create(start.toArray()).castTo(target.dataType()));
        limits(start).project(target);
    }

    /**
     * Writes the gradient for DL4J's updater, which descends: for ascent, the negative gradient. Its diagonal is zero.
     *
     * @param magnitudes {@code |z|}, {@code [batch, units]}. Not modified.
     * @param weight     of the quadratic form in the loss
     * @param gradient   {@code [units, units]}. Modified in place.
     */
    public void gradient(INDArray magnitudes, double weight, INDArray gradient) {
        double signed = direction == Direction.ASCENT ? -weight : weight;
        gradient.assign(RowBlocks.product(magnitudes.transpose().mul(signed), magnitudes));
        for (long i = 0; i < gradient.rows(); i++) {
            gradient.putScalar(i, i, 0);
        }
    }

    /**
     * The inhibition matrix of a parameter; if noise or averaging of networks has changed the parameter, the nearest
     * symmetric matrix without negative entries.
     *
     * @param parameter S. Not modified.
     * @throws IllegalArgumentException if it has NaN or infinite values, as after a training that diverged
     */
    public static InhibitionMatrix matrix(INDArray parameter) {
        if (!Finite.all(parameter)) {
            throw Args.failure(
                    "learned inhibition",
                    "finite (an earlier batch made the training diverge: lower the learning rate, clean the data, or put a"
                            + " DivergenceGuard first among the listeners)",
                    Finite.countBad(parameter) + " NaN or infinite values");
        }
        INDArray symmetric =
                Rectification.inPlace(parameter.add(parameter.transpose()).divi(2));
        int units = parameter.rows();
        double[] values = HostArrays.doubles(symmetric);
        double[][] entries = new double[units][units];
        for (int i = 0; i < units; i++) {
            System.arraycopy(values, i * units, entries[i], 0, units);
            entries[i][i] = 0;
        }
        return InhibitionMatrix.of(entries);
    }
}
