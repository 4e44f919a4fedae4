package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.ElementLoops;
import io.github.dl4jsparse.internal.math.Elementwise;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Penalises pairs of units that are active together and, with an L1 term or a diagonal, each active unit.
 * <p>\[ \alpha \lvert z \rvert^{\top} S \lvert z \rvert + \sum_i \lambda_i |z_i|, \qquad
 * q_i = 2 \alpha \sum_j S_{ij} |z_j| + \lambda_i \]
 * where alpha is the weight, S the inhibition matrix, lambda the weights of the L1 term and q the threshold of unit i
 * that results from the other units, so that the gradient is {@code sign(z) q}. Added to {@code 1/2 |x - D z|^2}, alpha
 * = 1/2 gives the paper's energy {@code |x - D z|^2 + |z|' S |z|} divided by 2. The first term is quadratic in the
 * code, as the error is, so that the set of active units does not depend on the contrast of the input. It is not
 * convex: codes of least energy are local minima, found by {@code InhibitionCoordinateDescent} and
 * {@code MajorizedIsta}.
 * <p>Shapes: {@code z, q: [batch, inhibition.units()]}.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 *
 * @param weight     alpha, finite and &gt;= 0
 * @param inhibition S
 * @param l1         the L1 term, of weight 0 for none; the non-negative kind forbids negative units
 */
public record LateralInhibitionPenalty(
        @JsonProperty("weight") double weight,
        @JsonProperty("inhibition") InhibitionMatrix inhibition,
        @JsonProperty("l1") L1Penalty l1)
        implements Subdifferentiable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the weight is out of range, or the L1 term is for another number of units */
    @JsonCreator
    public LateralInhibitionPenalty {
        Args.nonNegative("inhibition weight", weight);
        int units = Args.given("inhibition", inhibition).units();
        if (Args.given("l1", l1).units() > 0 && l1.units() != units) {
            throw Args.failure("l1", "for the " + units + " units of the inhibition", "one for " + l1.units());
        }
    }

    /** Without an L1 term. */
    public LateralInhibitionPenalty(double weight, InhibitionMatrix inhibition) {
        this(weight, inhibition, new L1Penalty(0));
    }

    @Override
    public LateralInhibitionPenalty restrictedTo(int[] kept) {
        Args.subset("kept", kept, inhibition.units());
        return new LateralInhibitionPenalty(weight, inhibition.select(kept), l1.restrictedTo(kept));
    }

    /** This penalty with another matrix. */
    public LateralInhibitionPenalty with(InhibitionMatrix other) {
        return new LateralInhibitionPenalty(weight, other, l1);
    }

    /**
     * This penalty with S as the start of a matrix that is learned by the unsupervised loss of the layer.
     *
     * @throws IllegalArgumentException if S has a diagonal, or no matrix of its size meets the limits
     */
    public LearnedPenalty learned(LearnedInhibition how) {
        return new LearnedInhibitionPenalty(this, how);
    }

    @Override
    public long units() {
        return inhibition.units();
    }

    /**
     * The thresholds q that result from the other units.
     *
     * @param magnitudes {@code |z|}. Not modified.
     * @param result     q, of the shape and type of z, in c order. Modified in place.
     */
    public void thresholds(INDArray magnitudes, INDArray result) {
        inhibition.product(magnitudes, 1, result);
        Object lambda = ElementLoops.repeated(lambda(), result);
        ElementLoops.runRows(
                (a, n) -> UnitLoops.scaleAndAdd(a[0], (float) (2 * weight), (float[]) lambda, n),
                (a, n) -> UnitLoops.scaleAndAdd(a[0], 2 * weight, (double[]) lambda, n),
                result);
    }

    private INDArray thresholds(INDArray magnitudes) {
        INDArray q = like(magnitudes);
        thresholds(magnitudes, q);
        return q;
    }

    private static INDArray like(INDArray array) {
        return Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
    }

    private double[] lambda() {
        double[] lambda = new double[inhibition.units()];
        Arrays.setAll(lambda, l1.weight()::of);
        return lambda;
    }

    private INDArray magnitudes(INDArray code) {
        INDArray z = Shapes.matrix("code", code, units());
        return Elementwise.magnitudes(like(z), z);
    }

    /** {@code S |z|}. */
    private INDArray inhibited(INDArray code) {
        INDArray magnitudes = magnitudes(code);
        INDArray product = like(magnitudes);
        inhibition.product(magnitudes, 1, product);
        return product;
    }

    @Override
    public double value(INDArray code) {
        return Arrays.stream(HostRows.numbers(rows -> valueOf(rows[0], rows[1]), code, inhibited(code)))
                .sum();
    }

    @Override
    public INDArray values(INDArray code) {
        return HostRows.map(1, (rows, result) -> result[0] = valueOf(rows[0], rows[1]), code, inhibited(code));
    }

    private double valueOf(double[] code, double[] inhibited) {
        double sum = 0;
        for (int i = 0; i < code.length; i++) {
            sum += Math.abs(code[i]) * (weight * inhibited[i] + l1.weight().of(i));
        }
        return isForbidden(code) ? Double.POSITIVE_INFINITY : sum;
    }

    private boolean isForbidden(double[] code) {
        return l1.nonNegative() && UnitLoops.isAnyNegative(code);
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        INDArray q = thresholds(magnitudes(code));
        ElementLoops.run(
                (a, n) -> UnitLoops.addSigned(a[0], (float) scale, a[1], a[2], n),
                (a, n) -> UnitLoops.addSigned(a[0], scale, a[1], a[2], n),
                gradient,
                code,
                q);
    }

    @Override
    public INDArray subdifferentialDistance(INDArray code, INDArray point) {
        return HostRows.map(
                1,
                (rows, result) -> result[0] = distanceOf(rows[0], rows[1], rows[2]),
                code,
                point,
                thresholds(magnitudes(code)));
    }

    /** Overwrites the point. */
    private double distanceOf(double[] code, double[] point, double[] thresholds) {
        for (int i = 0; i < code.length; i++) {
            double magnitude = l1.nonNegative() ? point[i] : Math.abs(point[i]);
            point[i] = code[i] == 0
                    ? Math.max(0, magnitude - thresholds[i])
                    : point[i] - Math.signum(code[i]) * thresholds[i];
        }
        return isForbidden(code) ? Double.POSITIVE_INFINITY : Norms.of(point, 0, point.length);
    }

    @Override
    public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        INDArray signed = like(code).assign(0);
        ElementLoops.run(
                (a, n) -> UnitLoops.addSigned(a[0], 1, a[1], a[2], n),
                (a, n) -> UnitLoops.addSigned(a[0], 1, a[1], a[2], n),
                signed,
                code,
                direction);
        INDArray product = like(code);
        inhibition.product(signed, 1, product);
        ElementLoops.run(
                (a, n) -> UnitLoops.addSigned(a[0], (float) (2 * weight), a[1], a[2], n),
                (a, n) -> UnitLoops.addSigned(a[0], 2 * weight, a[1], a[2], n),
                result,
                code,
                product);
    }
}
