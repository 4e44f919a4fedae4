package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sum of smoothed weighted norms of any groups, whose gradient costs two products with the groups: for networks and for
 * topographic maps.
 * <p>\[ \lambda \sum_g (v_g - \sqrt{\epsilon}), \qquad v_g = \sqrt{\epsilon + \sum_{j \in g} w_{gj} z_j^2}, \qquad
 * q_j = \lambda \sum_{g : j \in g} w_{gj} / v_g \]
 * where lambda is the weight, epsilon the smoothing, w the weights of the groups, and q the {@link #curvature}, so that the
 * gradient is {@code q z}. Epsilon makes it smooth at zero, and excludes exact zeros: units become small, not zero. A
 * unit in no group is not penalised. With windows of side s that shift by r on a torus each unit is in (s / r)^2
 * groups: scale lambda by it when the shift changes.
 * <p>Shapes: {@code z, q: [batch, groups.units()]}, {@code v: [batch, groups.count()]}.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 *
 * @param weight    lambda, finite and &gt;= 0
 * @param groups    any, overlapping or not
 * @param smoothing epsilon, in squared units of the code, from 1e-30 on, as single precision needs; 1e-5 is common
 */
public record SmoothedGroupPenalty(
        @JsonProperty("weight") double weight,
        @JsonProperty("groups") Groups groups,
        @JsonProperty("smoothing") double smoothing)
        implements Majorizable, Grouped {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a parameter is out of its range */
    @JsonCreator
    public SmoothedGroupPenalty {
        Args.nonNegative("group weight", weight);
        Args.given("groups", groups);
        Args.inRange("smoothing", smoothing, 1e-30, 1e30);
    }

    @Override
    public long units() {
        return groups.units();
    }

    @Override
    public SmoothedGroupPenalty restrictedTo(int[] kept) {
        return new SmoothedGroupPenalty(weight, groups.restrictedTo(kept), smoothing);
    }

    /** {@inheritDoc} The thresholds of these groups without the smoothing. */
    @Override
    public Optional<double[]> blockThresholds(Groups blocks) {
        return groups.equals(blocks)
                ? Optional.of(IntStream.range(0, groups.count())
                        .mapToDouble(g -> weight * Math.sqrt(groups.weight(groups.start(g))))
                        .toArray())
                : Optional.empty();
    }

    private SmoothedNorms norms() {
        return new SmoothedNorms(
                weight,
                smoothing,
                squares -> {
                    double[] sums = new double[groups.count()];
                    groups.pool(squares, 0, sums, 0);
                    return sums;
                },
                (ratios, curvature) -> groups.poolAdjoint(ratios, 0, curvature, 0));
    }

    @Override
    public double value(INDArray code) {
        return norms().value(checked(code));
    }

    @Override
    public INDArray values(INDArray code) {
        return norms().values(checked(code));
    }

    @Override
    public INDArray curvature(INDArray code) {
        return norms().curvature(checked(code));
    }

    @Override
    public void addGradient(INDArray code, double scale, INDArray gradient) {
        norms().addGradient(checked(code), scale, gradient);
    }

    private INDArray checked(INDArray code) {
        return Shapes.matrix("code", code, units());
    }
}
