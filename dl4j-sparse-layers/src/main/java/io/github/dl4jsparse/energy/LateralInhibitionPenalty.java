package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.check.Shapes;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.math.Rectification;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Makes pairs of units pay for firing together, and each unit for firing at all where an L1 term or a diagonal is given.
 * <p>\[ \alpha \lvert z \rvert^{\top} S \lvert z \rvert + \sum_i \lambda_i |z_i|, \qquad
 * q_i = 2 \alpha \sum_j S_{ij} |z_j| + \lambda_i \]
 * where alpha is the weight, S the inhibition matrix, lambda the weights of the L1 term and q the threshold that the other units
 * set for unit i, so that the gradient is {@code sign(z) q}. Added to {@code 1/2 |x - D z|^2}, alpha = 1/2 is the lecture's energy
 * {@code |x - D z|^2 + |z|' S |z|} divided by 2. The first term grows with the square of the code as the error does, so the units
 * that are active do not depend on the contrast of the input. It is not convex: codes of least energy are local minima, found by
 * {@code InhibitionCoordinateDescent} and {@code MajorizedIsta}.
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

    @Override
    public long units() {
        return inhibition.units();
    }

    /**
     * The threshold that the units set for each other.
     *
     * @param magnitudes {@code |z|}. Not modified.
     * @param result     q, of the shape and type of z, in c order. Modified in place.
     */
    public void thresholds(INDArray magnitudes, INDArray result) {
        inhibition.product(magnitudes, 2 * weight, result);
        if (l1.weight().isOne()) {
            result.addi(l1.weight().of(0));
        } else {
            result.addiRowVector(lambda(result));
        }
    }

    private INDArray thresholds(INDArray magnitudes) {
        INDArray q = Nd4j.createUninitialized(magnitudes.dataType(), magnitudes.shape(), 'c');
        thresholds(magnitudes, q);
        return q;
    }

    private INDArray lambda(INDArray like) {
        return Nd4j.create(new double[][] {l1.weight().toArray()}).castTo(like.dataType());
    }

    private INDArray magnitudes(INDArray code) {
        return Transforms.abs(Shapes.matrix("code", code, units()), true);
    }

    @Override
    public INDArray values(INDArray code) {
        INDArray magnitudes = magnitudes(code);
        INDArray inhibited = inhibition.product(magnitudes).muli(magnitudes).sum(true, 1);
        return inhibited.muli(weight).addi(l1.values(code));
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        INDArray q = thresholds(magnitudes(code));
        gradient.addi(q.muli(Transforms.sign(code, true)).muli(scale));
    }

    @Override
    public INDArray subdifferentialDistance(INDArray code, INDArray point) {
        INDArray q = thresholds(magnitudes(code));
        INDArray sign = Transforms.sign(code, true);
        INDArray active = Transforms.abs(sign, true);
        INDArray onActive = point.sub(sign.mul(q)).muli(active);
        INDArray magnitude = l1.nonNegative() ? point : Transforms.abs(point, true);
        INDArray onZero = Rectification.inPlace(magnitude.sub(q));
        INDArray distance = Norms.column(onZero.muli(active.rsub(1)).addi(onActive));
        return l1.nonNegative() ? L1Penalty.infiniteWhereNegative(code, distance) : distance;
    }

    @Override
    public void addHessianProduct(INDArray code, INDArray direction, INDArray result) {
        INDArray sign = Transforms.sign(code, true);
        result.addi(inhibition.product(direction.mul(sign)).muli(sign).muli(2 * weight));
    }
}
