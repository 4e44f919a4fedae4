package io.github.dl4jsparse.samediff;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The formulas of the layers and penalties as functions on variables of a SameDiff graph, which computes their
 * gradients.
 * <p>They are written for readability and for building graphs, not for speed: every step is a few operations of
 * SameDiff, and groups are a dense matrix {@code [units, groups]}. The layers of this library compute the same with
 * hand-written gradients, and are tested against these functions.
 * <p>Shapes: inputs {@code x: [batch, nIn]}, codes {@code z, v: [batch, nCode]}, one row per example.
 * <p>Reference: Gregor and LeCun, Learning fast approximations of sparse coding, ICML 2010; Yuan and Lin, Model selection
 * and estimation in regression with grouped variables, JRSS-B 68, 2006; Szlam, Gregor and LeCun, Structured sparse coding
 * via lateral inhibition, NIPS 2011.
 */
public final class SparseFunctions {
    /** Keeps the root of a group's squares away from zero; negligible in single precision. */
    private static final double TINY = 1e-30;

    private SparseFunctions() {}

    /**
     * Shrinks every unit towards zero by its threshold.
     * <p>\[ \max(0, v - b) \quad\text{or}\quad \max(0, v - b) - \max(0, -v - b) \]
     *
     * @param drive     v
     * @param threshold b, {@code [1, nCode]}; at least 0 for {@link Shrinkage#SOFT}
     * @return a code of the shape of the drive
     */
    public static SDVariable shrink(Shrinkage shrinkage, SDVariable drive, SDVariable threshold) {
        SameDiff sd = Args.given("drive", drive).getSameDiff();
        SDVariable positive = sd.nn().relu(drive.sub(Args.given("threshold", threshold)), 0);
        if (Shrinkage.NON_NEGATIVE.equals(Args.given("shrinkage", shrinkage))) {
            return positive;
        }
        if (Shrinkage.SOFT.equals(shrinkage)) {
            return positive.sub(sd.nn().relu(drive.neg().sub(threshold), 0));
        }
        throw Args.failure("shrinkage", "SOFT or NON_NEGATIVE", shrinkage);
    }

    /**
     * The unrolled encoder of {@code ListaLayer} with tied steps.
     * <p>\[ z_{t+1} = h_b(E x + S z_t), \quad z_0 = 0, \quad t = 0 \dots K-1 \]
     *
     * @param x         {@code [batch, nIn]}
     * @param encoder   E, {@code [nCode, nIn]}
     * @param recurrent S, {@code [nCode, nCode]}; not used, and may be null, for one step
     * @param threshold b, {@code [1, nCode]}
     * @param steps     K, at least 1
     * @return {@code z_K}, {@code [batch, nCode]}
     */
    public static SDVariable lista(
            Shrinkage shrinkage,
            SDVariable x,
            SDVariable encoder,
            @Nullable SDVariable recurrent,
            SDVariable threshold,
            int steps) {
        Args.atLeast("steps", steps, 1);
        SDVariable drive = Args.given("x", x).mmul(transposed(Args.given("encoder", encoder)));
        SDVariable code = shrink(shrinkage, drive, threshold);
        if (steps > 1) {
            SDVariable map = transposed(Args.given("recurrent", recurrent));
            for (int t = 1; t < steps; t++) {
                code = shrink(shrinkage, drive.add(code.mmul(map)), threshold);
            }
        }
        return code;
    }

    /**
     * The error of a reconstruction, one value per example.
     * <p>\[ \tfrac12 \lVert x - D z \rVert_2^2 \]
     *
     * @param x          {@code [batch, nIn]}
     * @param dictionary D, {@code [nIn, nCode]}
     * @param code       z
     * @return {@code [batch]}
     */
    public static SDVariable reconstructionError(SDVariable x, SDVariable dictionary, SDVariable code) {
        SDVariable image = Args.given("code", code).mmul(transposed(Args.given("dictionary", dictionary)));
        SDVariable residual = Args.given("x", x).sub(image);
        return residual.mul(residual).sum(1).mul(0.5);
    }

    /**
     * Shrinks each group as a whole, the proximal operator of {@code GroupL2Penalty}.
     * <p>\[ \max(0, 1 - t \sqrt{w_g} / \lVert v_g \rVert_2) \, v_g \]
     * A unit in no group is not shrunk. At a group whose norm is at most its threshold the gradient is zero.
     *
     * @param drive     v
     * @param groups    no unit in two of them, one weight per group
     * @param threshold t, finite and &gt;= 0
     * @return a code of the shape of the drive
     * @throws IllegalArgumentException if groups overlap, or have different weights inside
     */
    public static SDVariable blockThreshold(SDVariable drive, Groups groups, double threshold) {
        GroupL2Penalty penalty = new GroupL2Penalty(threshold, groups);
        double[][] members = new double[groups.units()][groups.count()];
        double[][] thresholds = new double[1][groups.count()];
        for (int g = 0; g < groups.count(); g++) {
            thresholds[0][g] = penalty.threshold(g);
            for (int unit : groups.members(g)) {
                members[unit][g] = 1;
            }
        }
        double[][] free = new double[1][groups.units()];
        for (int unit : groups.unitsInNoGroup()) {
            free[0][unit] = 1;
        }
        INDArray limits = Nd4j.createFromArray(thresholds);
        SDVariable belongs = constant(Args.given("drive", drive), Nd4j.createFromArray(members));
        SDVariable floor = constant(drive, limits.mul(limits).addi(TINY));
        SDVariable squares = drive.getSameDiff().math().max(drive.mul(drive).mmul(belongs), floor);
        SDVariable norms = drive.getSameDiff().math().sqrt(squares);
        SDVariable factors = constant(drive, limits).div(norms).rsub(1);
        SDVariable perUnit = factors.mmul(transposed(belongs));
        return drive.mul(perUnit.add(constant(drive, Nd4j.createFromArray(free))));
    }

    /**
     * The smoothed norm of each group: the pools of {@code GroupL2PoolingLayer}, and the terms of
     * {@code SmoothedGroupPenalty}.
     * <p>\[ v_g = \sqrt{\epsilon + \sum_{j \in g} w_{gj} z_j^2} \]
     *
     * @param code    z
     * @param groups  any, overlapping or not
     * @param epsilon finite and &gt; 0, so that an all-zero group has a gradient, of zero
     * @return {@code [batch, groups.count()]}
     */
    public static SDVariable groupNorms(SDVariable code, Groups groups, double epsilon) {
        Args.positive("epsilon", epsilon);
        double[][] weights = new double[Args.given("groups", groups).units()][groups.count()];
        for (int g = 0; g < groups.count(); g++) {
            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                weights[groups.member(i)][g] += groups.weight(i);
            }
        }
        SDVariable sums = Args.given("code", code).mul(code).mmul(constant(code, Nd4j.createFromArray(weights)));
        return code.getSameDiff().math().sqrt(sums.add(epsilon));
    }

    /**
     * The penalty on pairs of units that are active together, one value per example.
     * <p>\[ \alpha \lvert z \rvert^{\top} S \lvert z \rvert \]
     *
     * @param code       z
     * @param inhibition S, {@code [nCode, nCode]}, symmetric
     * @param weight     alpha, finite and &gt;= 0
     * @return {@code [batch]}
     */
    public static SDVariable inhibition(SDVariable code, SDVariable inhibition, double weight) {
        Args.nonNegative("weight", weight);
        SDVariable magnitudes = Args.given("code", code).getSameDiff().math().abs(code);
        SDVariable pressed = magnitudes.mmul(Args.given("inhibition", inhibition));
        return magnitudes.mul(pressed).sum(1).mul(weight);
    }

    private static SDVariable transposed(SDVariable matrix) {
        return matrix.getSameDiff().permute(matrix, 1, 0);
    }

    /** A constant in the graph and of the type of a variable. */
    private static SDVariable constant(SDVariable like, INDArray values) {
        DataType type = like.dataType();
        return like.getSameDiff().constant(values.castTo(type));
    }
}
