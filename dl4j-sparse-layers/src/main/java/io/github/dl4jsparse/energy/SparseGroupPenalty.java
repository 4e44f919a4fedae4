package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostRows;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The L1 norm and the norms of disjoint groups together: few groups are active, and few units in them.
 * <p>\[ \lambda_1 \lVert z \rVert_1 + \lambda_2 \sum_g \lVert z_g \rVert_2, \qquad
 * \mathrm{prox}_t = \mathrm{prox}_{t, groups} \circ \mathrm{prox}_{t, L1} \]
 * where either term may have weights of its own and the L1 penalty may be the non-negative one. A unit in no group has
 * the L1 norm only.
 * <p>Shapes: {@code z: [batch, groups.units()]}.
 * <p>Reference: Simon, Friedman, Hastie and Tibshirani, A sparse-group lasso, JCGS 22, 2013.
 *
 * @param l1    the penalty of single units
 * @param group the penalty of groups
 */
public record SparseGroupPenalty(@JsonProperty("l1") L1Penalty l1, @JsonProperty("group") GroupL2Penalty group)
        implements PlusL1, BlockSeparable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a term is not given or the two are for different numbers of units */
    @JsonCreator
    public SparseGroupPenalty {
        PlusL1.checkUnits(l1, Args.given("group", group));
    }

    /**
     * One weight for units and one for groups.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite or the groups are not disjoint
     */
    public SparseGroupPenalty(double l1Weight, double groupWeight, Groups groups) {
        this(new L1Penalty(l1Weight), new GroupL2Penalty(groupWeight, groups));
    }

    @Override
    public Groups groups() {
        return group.groups();
    }

    @Override
    public SparseGroupPenalty restrictedTo(int[] kept) {
        return new SparseGroupPenalty(l1.restrictedTo(kept), group.restrictedTo(kept));
    }

    @Override
    public RowPenalty structured() {
        return group;
    }

    @Override
    public Groups blocks(int units) {
        return group.blocks(units);
    }

    @Override
    public void proxBlock(int block, double[] values, int from, int size, double step) {
        for (int i = 0; i < size; i++) {
            values[from + i] = l1.proxOf(unit(block, i), values[from + i], step);
        }
        group.proxBlock(block, values, from, size, step);
    }

    /**
     * {@inheritDoc} The dual norm of a group is the root of
     * {@code sum max(0, |u| - r lambda1)^2 = (r lambda2)^2}, found by sorting.
     */
    @Override
    public Optional<INDArray> dualNorms(INDArray point) {
        if (!(l1.weight().least() > 0)) {
            return l1.weight().isOne() && !l1.nonNegative() ? group.dualNorms(point) : Optional.empty();
        }
        Groups blocks = blocks((int) units());
        return Optional.of(HostRows.map(
                1,
                (rows, result) -> {
                    for (int b = 0; b < blocks.count(); b++) {
                        double[] values = new double[blocks.size(b)];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = rows[0][blocks.member(blocks.start(b) + i)];
                        }
                        result[0] = Math.max(result[0], blockDualNorm(b, values, 0, values.length));
                    }
                },
                point));
    }

    /** The unit at an index in a block. */
    private int unit(int block, int place) {
        Groups groups = group.groups();
        return block < groups.count()
                ? groups.member(groups.start(block) + place)
                : groups.unitInNoGroup(block - groups.count());
    }

    @Override
    public double blockValue(int block, double[] values, int from, int size) {
        double sum = group.blockValue(block, values, from, size);
        for (int i = 0; i < size; i++) {
            sum += l1.blockValue(unit(block, i), values, from + i, 1);
        }
        return sum;
    }

    @Override
    public double blockDualNorm(int block, double[] values, int from, int size) {
        if (!(l1.weight().least() > 0)) {
            return l1.weight().isOne() && !l1.nonNegative()
                    ? group.blockDualNorm(block, values, from, size)
                    : Double.NaN;
        }
        double[] lambdas = new double[size];
        double[] ratios = new double[size];
        for (int i = 0; i < size; i++) {
            lambdas[i] = l1.weight().of(unit(block, i));
            ratios[i] = l1.blockDualNorm(unit(block, i), values, from + i, 1);
        }
        double weight = block < group.groups().count()
                ? group.groups().weight(group.groups().start(block))
                : 0;
        // the root scales with the ratios, and does not change when all weights are multiplied by one factor
        double magnitude = Magnitude.of(ratios);
        double groupWeight = group.weight() * Math.sqrt(weight);
        double scale = Magnitude.of(lambdas);
        double square = groupWeight / scale * (groupWeight / scale);
        return magnitude
                * rootOfExcess(Magnitude.divided(lambdas, scale), Magnitude.divided(ratios, magnitude), square);
    }

    @Override
    public double blockDistance(int block, double[] code, double[] point, int from, int size) {
        for (int i = 0; i < size; i++) {
            point[from + i] = l1.aboveSlopes(unit(block, i), code[from + i], point[from + i]);
        }
        return group.blockDistance(block, code, point, from, size);
    }

    /** The r at which {@code sum lambda^2 max(0, ratio - r)^2 = r^2 square}. */
    private static double rootOfExcess(double[] lambdas, double[] ratios, double square) {
        if (square == 0) {
            // without groups: the equation has a double root, which its formula would give to half of the digits
            return DoubleStream.of(ratios).max().orElse(0);
        }
        int[] byRatio = IntStream.range(0, ratios.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -ratios[i]))
                .mapToInt(i -> i)
                .toArray();
        double squares = 0;
        double products = 0;
        double curvature = -square;
        for (int k = 0; k < byRatio.length; k++) {
            double lambda = lambdas[byRatio[k]];
            double magnitude = lambda * ratios[byRatio[k]];
            squares += magnitude * magnitude;
            products += lambda * magnitude;
            curvature += lambda * lambda;
            // the smaller root of curvature r^2 - 2 products r + squares, in the form that never cancels
            double root = Math.sqrt(Math.max(0, products * products - squares * curvature));
            double norm = squares == 0 ? 0 : squares / (products + root);
            if (k + 1 == byRatio.length || norm >= ratios[byRatio[k + 1]]) {
                return norm;
            }
        }
        return 0;
    }
}
