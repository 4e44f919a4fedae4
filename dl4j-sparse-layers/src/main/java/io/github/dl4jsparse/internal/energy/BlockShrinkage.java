package io.github.dl4jsparse.internal.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.math.Norms;

/**
 * Shrinkage of a block of units by its Euclidean norm, and its adjoint derivative.
 * <p>\[ z_g = \max(0, 1 - \theta / \lVert v_g \rVert)\, v_g, \qquad
 * J^\top h = (1 - r)\, h + r\, u\, \langle u, h \rangle, \qquad \frac{dL}{d\theta} = -\langle u, h \rangle \]
 * where theta is the threshold, u the block divided by its norm, r the threshold divided by the norm and h the gradient of the loss
 * L by the block. A block that is zero has the derivative 0. On a block of one unit this is the soft threshold, to the
 * last bit. Weights of the groups are not used.
 * <p>Shapes: arrays are {@code [units]}. NaN gives NaN.
 * <p>Reference: Yuan and Lin, Model selection and estimation in regression with grouped variables, JRSS-B 68, 2006.
 */
public final class BlockShrinkage {
    private BlockShrinkage() {}

    /** The soft threshold of one unit, and NaN of NaN. */
    public static double soft(double value, double threshold) {
        return Math.max(0, value - threshold) + Math.min(0, value + threshold);
    }

    /** The factor {@code max(0, 1 - threshold / norm)}; 1 for a threshold of 0, and NaN of a NaN. */
    public static double factor(double norm, double threshold) {
        if (threshold == 0) {
            return 1;
        }
        return norm <= threshold ? 0 : 1 - threshold / norm;
    }

    /**
     * Shrinks one group.
     *
     * @param code      v, whose units of the group become those of z. Modified in place.
     * @param threshold theta, &gt;= 0
     */
    public static void shrink(Groups groups, int group, double[] code, double threshold) {
        double[] block = block(groups, group, code);
        shrink(block, 0, block.length, threshold);
        for (int i = 0; i < block.length; i++) {
            code[groups.member(groups.start(group) + i)] = block[i];
        }
    }

    /** Shrinks consecutive elements of an array. */
    public static void shrink(double[] values, int from, int size, double threshold) {
        if (size == 1) {
            values[from] = soft(values[from], threshold);
            return;
        }
        double factor = factor(norm(values, from, size), threshold);
        for (int i = from; i < from + size; i++) {
            values[i] = factor == 0 ? 0 : factor * values[i];
        }
    }

    /** The Euclidean norm of consecutive elements of an array: for one element exactly its magnitude. */
    public static double norm(double[] values, int from, int size) {
        return size == 1 ? Math.abs(values[from]) : Norms.of(values, from, size);
    }

    /**
     * The adjoint derivative of {@link #shrink}: the gradient with respect to v and to the threshold.
     *
     * @param v         before the shrinkage. Not modified.
     * @param threshold theta, &gt;= 0
     * @param gradient  h at the units of the group, which becomes {@code J'h}. Modified in place.
     * @return {@code dL/dtheta}
     */
    public static double adjoint(Groups groups, int group, double[] v, double threshold, double[] gradient) {
        double[] block = block(groups, group, v);
        double norm = norm(block, 0, block.length);
        int start = groups.start(group);
        if (threshold > 0 && norm <= threshold) {
            for (int i = 0; i < block.length; i++) {
                gradient[groups.member(start + i)] = 0;
            }
            return 0;
        }
        if (norm == 0) {
            return 0;
        }
        double inner = 0;
        for (int i = 0; i < block.length; i++) {
            block[i] /= norm;
            inner += block[i] * gradient[groups.member(start + i)];
        }
        double ratio = threshold / norm;
        for (int i = 0; i < block.length && block.length > 1; i++) {
            int unit = groups.member(start + i);
            gradient[unit] = (1 - ratio) * gradient[unit] + ratio * inner * block[i];
        }
        return -inner;
    }

    private static double[] block(Groups groups, int group, double[] code) {
        int start = groups.start(group);
        double[] block = new double[groups.size(group)];
        for (int i = 0; i < block.length; i++) {
            block[i] = code[groups.member(start + i)];
        }
        return block;
    }
}
