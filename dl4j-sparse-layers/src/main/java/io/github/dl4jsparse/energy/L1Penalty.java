package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.math.HostRows;
import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.math.Rectification;
import io.github.dl4jsparse.math.Scratch;
import io.github.dl4jsparse.math.Shrinkage;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The weighted sum of the magnitudes of all units.
 * <p>\[ \sum_i \lambda_i |z_i|, \qquad \mathrm{prox}_t(v)_i = \mathrm{sign}(v_i) \max(0, |v_i| - t \lambda_i) \]
 * where lambda holds one weight for all units or one for each. The non-negative kind is infinite where a unit is negative,
 * and its proximal operator is {@code max(0, v - t lambda)}. The gradient at a zero unit is 0, the sub-gradient of smallest
 * norm; at a negative unit of the non-negative kind it means nothing.
 * <p>Shapes: {@code z: [batch, nCode]}.
 * <p>Reference: Tibshirani, Regression shrinkage and selection via the lasso, JRSS-B 58, 1996.
 *
 * @param weight      lambda, finite and &gt;= 0, in units of squared error per unit of code
 * @param nonNegative whether units may not be negative
 */
public record L1Penalty(
        @JsonProperty("weight") Weights weight,
        @JsonProperty("nonNegative") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean nonNegative)
        implements BlockSeparable {
    private static final long serialVersionUID = 1;
    private static final String WEIGHT = "L1 weight";

    /** @throws IllegalArgumentException if there are no weights */
    @JsonCreator
    public L1Penalty {
        Args.given(WEIGHT, weight);
    }

    /**
     * One weight for all units of either sign.
     *
     * @throws IllegalArgumentException if the weight is negative or not finite
     */
    public L1Penalty(double weight) {
        this(Weights.one(WEIGHT, weight), false);
    }

    /**
     * A weight for each unit, of either sign.
     *
     * @param weights not modified
     * @throws IllegalArgumentException if a weight is negative or not finite
     */
    public L1Penalty(double[] weights) {
        this(Weights.each(WEIGHT, weights), false);
    }

    /** This penalty on codes that may not be negative. */
    public L1Penalty asNonNegative() {
        return new L1Penalty(weight, true);
    }

    @Override
    public long units() {
        return weight.units();
    }

    @Override
    public double value(INDArray code) {
        return weight.isOne() && !nonNegative ? weight.of(0) * Norms.absolute(code) : BlockSeparable.super.value(code);
    }

    @Override
    public INDArray values(INDArray code) {
        INDArray sums = weight.isOne()
                ? code.norm1(true, 1).muli(weight.of(0))
                : Transforms.abs(code, true).muliRowVector(thresholds(code, 1)).sum(true, 1);
        return nonNegative ? infiniteWhereNegative(code, sums) : sums;
    }

    /** Values of the codes of a batch, but infinity for a code with a negative unit. */
    static INDArray infiniteWhereNegative(INDArray code, INDArray values) {
        return HostRows.map(
                1,
                (rows, result) -> result[0] = rows[1][0] < 0 ? Double.POSITIVE_INFINITY : rows[0][0],
                values,
                code.min(true, 1));
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        Scratch.run("L1", () -> {
            INDArray sign = Nd4j.createUninitialized(code.dataType(), code.shape(), code.ordering());
            Nd4j.exec(new Sign(code, sign));
            gradient.addi(
                    weight.isOne() ? sign.muli(scale * weight.of(0)) : sign.muliRowVector(thresholds(code, scale)));
        });
    }

    /** {@code scale * lambda}, {@code [1, units]}. */
    private INDArray thresholds(INDArray code, double scale) {
        if (weight.isOne()) {
            return Nd4j.valueArrayOf(new long[] {1, code.size(1)}, scale * weight.of(0), code.dataType());
        }
        Shapes.matrix("code", code, units());
        return Nd4j.create(new double[][] {weight.toArray()}).muli(scale).castTo(code.dataType());
    }

    @Override
    public INDArray prox(INDArray code, double step) {
        INDArray thresholds = thresholds(code, Args.nonNegative("step", step));
        Shrinkage shrinkage = nonNegative ? Shrinkage.NON_NEGATIVE : Shrinkage.SOFT;
        INDArray spread = shrinkage.prepare(code, thresholds);
        shrinkage.shrink(code, spread, code, code.ulike());
        return code;
    }

    @Override
    public INDArray subdifferentialDistance(INDArray code, INDArray point) {
        INDArray sign = Transforms.sign(code, true);
        INDArray active = Transforms.abs(sign, true);
        INDArray thresholds = thresholds(code, 1);
        INDArray onActive = point.sub(sign.muliRowVector(thresholds)).muli(active);
        INDArray magnitude = nonNegative ? point.dup() : Transforms.abs(point, true);
        INDArray onZero = Rectification.inPlace(magnitude.subiRowVector(thresholds));
        INDArray distance = Norms.column(onZero.muli(active.rsub(1)).addi(onActive));
        return nonNegative ? infiniteWhereNegative(code, distance) : distance;
    }

    @Override
    public Optional<INDArray> dualNorms(INDArray point) {
        if (!(weight.least() > 0)) {
            return Optional.empty();
        }
        INDArray magnitude = nonNegative ? Rectification.inPlace(point.dup()) : Transforms.abs(point, true);
        return Optional.of(magnitude.diviRowVector(thresholds(point, 1)).max(true, 1));
    }

    @Override
    public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        // the L1 norm is flat on its active units
    }

    @Override
    public Groups blocks(int units) {
        if (units() > 0 && units() != units) {
            throw Args.failure("units", String.valueOf(units()), units);
        }
        return Groups.blocks(units, 1);
    }

    @Override
    public void proxBlock(int block, double[] values, int from, int size, double step) {
        values[from] = proxOf(block, values[from], step);
    }

    @Override
    public double blockValue(int block, double[] values, int from, int size) {
        double value = values[from];
        return nonNegative && value < 0 ? Double.POSITIVE_INFINITY : weight.of(block) * Math.abs(value);
    }

    @Override
    public double blockDualNorm(int block, double[] values, int from, int size) {
        double magnitude = nonNegative ? Math.max(0, values[from]) : Math.abs(values[from]);
        return weight.of(block) > 0 ? magnitude / weight.of(block) : Double.NaN;
    }

    /** The proximal point of one unit, and NaN of NaN. */
    double proxOf(int unit, double value, double step) {
        double threshold = step * weight.of(unit);
        return nonNegative ? Math.max(0, value - threshold) : BlockShrinkage.soft(value, threshold);
    }

    @Override
    public L1Penalty restrictedTo(int[] kept) {
        return new L1Penalty(weight.restrictedTo(kept), nonNegative);
    }

    @Override
    public double shrinkageThreshold() {
        return weight.isOne() ? weight.of(0) : 0;
    }
}
