package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import java.util.Optional;

/**
 * A penalty that is a sum over disjoint blocks of units, each with a proximal operator of its own, as coordinate
 * descent needs it.
 * <p>\[ \mathrm{penalty}(z) = \sum_b \mathrm{penalty}_b(z_b) \]
 */
public interface BlockSeparable extends Proximal {
    /**
     * The blocks: every unit is in exactly one; blocks of one unit for the L1 norm.
     *
     * @param units the number of units of a code
     * @throws IllegalArgumentException if the penalty is made for another number of units
     */
    Groups blocks(int units);

    /** This penalty as a weighted L1 norm, for which there are faster loops; by default empty: it is none. */
    default Optional<L1Penalty> asL1() {
        return Optional.empty();
    }

    /**
     * The proximal operator of one block, in place.
     *
     * @param block  its index in {@link #blocks}
     * @param values the block's units are at {@code from} to {@code from + size - 1}, in the order of its members.
     *               Modified in place.
     * @param from   index of its first unit in {@code values}
     * @param size   number of its units
     * @param step   &gt;= 0
     */
    void proxBlock(int block, double[] values, int from, int size, double step);

    /**
     * The penalty of one block.
     *
     * @param block  its number
     * @param values where its units are, as in {@link #proxBlock}. Not modified.
     */
    double blockValue(int block, double[] values, int from, int size);

    /**
     * The dual norm of a block; the dual norm of all is the largest of these.
     *
     * @param block  its number
     * @param values where the block of the point is, as in {@link #proxBlock}. Not modified.
     * @return NaN exactly where {@link #dualNorms} is empty
     */
    double blockDualNorm(int block, double[] values, int from, int size);

    /**
     * The Euclidean distance of a point to the sub-differential of the penalty of one block: the squares of all add up to the square of
     * {@link #subdifferentialDistance}.
     *
     * @param block its number
     * @param code  where its units are, as in {@link #proxBlock}. Not modified.
     * @param point u, at the same positions. Modified in place: used as a buffer.
     */
    double blockDistance(int block, double[] code, double[] point, int from, int size);
}
