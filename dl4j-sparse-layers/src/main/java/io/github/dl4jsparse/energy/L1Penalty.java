package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.energy.BlockShrinkage;
import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.ElementSums;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.Thresholding;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The weighted sum of the magnitudes of all units.
 * <p>\[ \sum_i \lambda_i |z_i|, \qquad \mathrm{prox}_t(v)_i = \mathrm{sign}(v_i) \max(0, |v_i| - t \lambda_i) \]
 * where lambda holds one weight for all units or one for each. The non-negative kind is infinite where a unit is negative,
 * and its proximal operator is {@code max(0, v - t lambda)}. The gradient at a zero unit is 0, the sub-gradient of smallest
 * norm; at a negative unit of the non-negative kind it is undefined.
 * <p>Shapes: {@code z: [batch, nCode]}.
 * <p>Reference: Tibshirani, Regression shrinkage and selection via the lasso, JRSS-B 58, 1996.
 *
 * @param weight      lambda, finite and &gt;= 0, in units of squared error per unit of code
 * @param nonNegative whether units may not be negative
 */
public record L1Penalty(
        @JsonProperty("weight") Weights weight,
        @JsonProperty("nonNegative") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean nonNegative)
        implements BlockSeparable, DifferentiableProximal {
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
    public Optional<Penalty> onNonNegativeCodes() {
        return Optional.of(asNonNegative());
    }

    @Override
    public long units() {
        return weight.units();
    }

    @Override
    public double value(INDArray code) {
        if (!weight.isOne()) {
            return Arrays.stream(HostRows.numbers(rows -> valueOf(rows[0]), checked(code)))
                    .sum();
        }
        boolean isForbidden = nonNegative && ElementSums.of(UnitLoops::addNegative, UnitLoops::addNegative, code) < 0;
        return isForbidden ? Double.POSITIVE_INFINITY : weight.of(0) * Norms.absolute(code);
    }

    @Override
    public INDArray values(INDArray code) {
        return HostRows.map(1, (rows, result) -> result[0] = valueOf(rows[0]), checked(code));
    }

    private double valueOf(double[] code) {
        if (nonNegative && UnitLoops.isAnyNegative(code)) {
            return Double.POSITIVE_INFINITY;
        }
        if (weight.isOne()) {
            return weight.of(0) * UnitLoops.sumOfMagnitudes(code);
        }
        double sum = 0;
        for (int i = 0; i < code.length; i++) {
            sum += weight.of(i) * Math.abs(code[i]);
        }
        return sum;
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        if (weight.isOne()) {
            double factor = scale * weight.of(0);
            ElementLoops.run(
                    (a, n) -> UnitLoops.addSigns(a[0], (float) factor, a[1], n),
                    (a, n) -> UnitLoops.addSigns(a[0], factor, a[1], n),
                    gradient,
                    code);
            return;
        }
        Object factors = ElementLoops.repeated(factors(code, scale), gradient);
        ElementLoops.runRows(
                (a, n) -> UnitLoops.addSigns(a[0], (float[]) factors, a[1], n),
                (a, n) -> UnitLoops.addSigns(a[0], (double[]) factors, a[1], n),
                gradient,
                code);
    }

    private INDArray checked(INDArray code) {
        return weight.isOne() ? code : Shapes.matrix("code", code, units());
    }

    /** {@code scale * lambda} of every unit. */
    private double[] factors(INDArray code, double scale) {
        double[] factors = new double[Math.toIntExact(checked(code).size(1))];
        Arrays.setAll(factors, unit -> scale * weight.of(unit));
        return factors;
    }

    @Override
    public INDArray prox(INDArray code, double step) {
        Object thresholds = ElementLoops.repeated(factors(code, Args.nonNegative("step", step)), code);
        Thresholding shrinkage = nonNegative ? Thresholding.NON_NEGATIVE : Thresholding.SOFT;
        return ElementLoops.runRows(
                (a, n) -> shrinkage.shrink(a[0], (float[]) thresholds, n),
                (a, n) -> shrinkage.shrink(a[0], (double[]) thresholds, n),
                code);
    }

    @Override
    public INDArray subdifferentialDistance(INDArray code, INDArray point) {
        return HostRows.map(
                1, (rows, result) -> result[0] = distanceOf(rows[0], rows[1]), checked(code), checked(point));
    }

    /** Overwrites the point. */
    private double distanceOf(double[] code, double[] point) {
        if (nonNegative && UnitLoops.isAnyNegative(code)) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < code.length; i++) {
            point[i] = aboveSlopes(i, code[i], point[i]);
        }
        return Norms.of(point, 0, point.length);
    }

    @Override
    public Optional<INDArray> dualNorms(INDArray point) {
        return weight.least() > 0
                ? Optional.of(HostRows.map(1, (rows, result) -> result[0] = dualNormOf(rows[0]), checked(point)))
                : Optional.empty();
    }

    private double dualNormOf(double[] point) {
        double largest = 0;
        for (int i = 0; i < point.length; i++) {
            double magnitude = nonNegative ? Math.max(0, point[i]) : Math.abs(point[i]);
            largest = Math.max(largest, magnitude / weight.of(i));
        }
        return largest;
    }

    @Override
    public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        // the Hessian of the L1 norm on its active units is zero
    }

    @Override
    public Optional<L1Penalty> asL1() {
        return Optional.of(this);
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

    @Override
    public double blockDistance(int block, double[] code, double[] point, int from, int size) {
        return Math.abs(aboveSlopes(block, code[from], point[from]));
    }

    /**
     * The difference of a point and the nearest sub-gradient of one unit at its code; infinite where the code is not
     * allowed.
     */
    double aboveSlopes(int unit, double code, double point) {
        if (code == 0) {
            return proxOf(unit, point, 1);
        }
        return nonNegative && code < 0 ? Double.POSITIVE_INFINITY : point - Math.signum(code) * weight.of(unit);
    }

    /** The proximal point of one unit; NaN of NaN. */
    double proxOf(int unit, double value, double step) {
        double threshold = step * weight.of(unit);
        return nonNegative ? Math.max(0, value - threshold) : BlockShrinkage.soft(value, threshold);
    }

    @Override
    public void proxOf(double[] code, double step) {
        for (int i = 0; i < code.length; i++) {
            code[i] = proxOf(i, code[i], step);
        }
    }

    @Override
    public double proxAdjointOf(double[] v, double[] code, double step, double[] gradient) {
        double derivative = 0;
        for (int i = 0; i < code.length; i++) {
            boolean isFree = step * weight.of(i) == 0 && !nonNegative;
            gradient[i] = code[i] == 0 && !isFree ? 0 : gradient[i];
            derivative -= weight.of(i) * Math.signum(code[i]) * gradient[i];
        }
        return derivative;
    }

    @Override
    public L1Penalty restrictedTo(int[] kept) {
        return new L1Penalty(weight.restrictedTo(kept), nonNegative);
    }

    @Override
    public double shrinkageThreshold() {
        return weight.isOne() ? weight.of(0) : 0;
    }

    @Override
    public double[] shrinkageThresholds(int units) {
        double[] thresholds = new double[units];
        Arrays.setAll(thresholds, weight::of);
        return thresholds;
    }
}
