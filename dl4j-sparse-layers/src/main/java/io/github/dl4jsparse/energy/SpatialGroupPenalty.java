package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Group sparsity of a convolutional code: the smoothed norms of groups of maps over spatial windows, the pools that
 * {@code GroupL2PoolingLayer} computes.
 * <p>\[ \lambda \sum_{g,u} (v_{g,u} - \sqrt{\epsilon}), \qquad
 * v_{g,u} = \sqrt{\epsilon + \sum_{p \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{p,j}^2} \]
 * where lambda is the weight, epsilon the smoothing, w the weights of the groups, u the position of a window, p a
 * position of the maps and j a map. A position in no window is not penalised. It equals {@link SmoothedGroupPenalty}
 * with the product of spatial groups and groups of maps, without a list of all members.
 * <p>Shapes: {@code z: [batch, height * width * maps]}, position by position, row by row, as
 * {@code ConvolutionalListaLayer} gives its codes.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 *
 * @param weight    lambda, finite and &gt;= 0
 * @param height    of the maps
 * @param width     of the maps
 * @param groups    over the maps, overlapping or not
 * @param window    of space
 * @param smoothing epsilon, in squared units of the code, from 1e-30 on, as single precision needs; 1e-5 is common
 */
public record SpatialGroupPenalty(
        @JsonProperty("weight") double weight,
        @JsonProperty("height") int height,
        @JsonProperty("width") int width,
        @JsonProperty("groups") Groups groups,
        @JsonProperty("window") SpatialWindow window,
        @JsonProperty("smoothing") double smoothing)
        implements Majorizable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if a parameter is out of its range or the window is larger than the maps */
    @JsonCreator
    public SpatialGroupPenalty {
        Args.nonNegative("group weight", weight);
        Args.given("groups", groups);
        Args.given("window", window).positionsDown(Args.atLeast("height", height, 1));
        window.positionsAcross(Args.atLeast("width", width, 1));
        Args.inRange("smoothing", smoothing, 1e-30, 1e30);
    }

    @Override
    public long units() {
        return (long) height * width * groups.units();
    }

    /** {@inheritDoc} Only whole maps can be kept. */
    @Override
    public SpatialGroupPenalty restrictedTo(int[] kept) {
        Args.subset("kept", kept, Math.toIntExact(units()));
        int[] maps = IntStream.of(kept).filter(unit -> unit < groups.units()).toArray();
        int[] whole = IntStream.range(0, height * width)
                .flatMap(place -> IntStream.of(maps).map(map -> place * groups.units() + map))
                .toArray();
        if (!Arrays.equals(kept, whole)) {
            throw Args.failure("kept", "whole maps, each at every position", Arrays.toString(kept));
        }
        return new SpatialGroupPenalty(weight, height, width, groups.restrictedTo(maps), window, smoothing);
    }

    /** The squared norms of all groups in all windows. */
    private SmoothedNorms norms() {
        int places = height * width;
        return new SmoothedNorms(
                weight,
                smoothing,
                squares -> {
                    double[] perPlace = new double[places * groups.count()];
                    for (int place = 0; place < places; place++) {
                        groups.pool(squares, place * groups.units(), perPlace, place * groups.count());
                    }
                    return window.sum(perPlace, height, width);
                },
                (ratios, curvature) -> {
                    double[] perPlace = window.sumAdjoint(ratios, height, width);
                    for (int place = 0; place < places; place++) {
                        groups.poolAdjoint(perPlace, place * groups.count(), curvature, place * groups.units());
                    }
                });
    }

    @Override
    public double activeGroups(INDArray code) {
        INDArray maps = Grouped.unitsInGroups(groups, checked(code));
        return Grouped.positives(window.sum(maps.reshape('c', code.size(0), height, width, groups.count())));
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
