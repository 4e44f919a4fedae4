package io.github.dl4jsparse.nn.constraint;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.energy.InhibitionLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Keeps a learned inhibition matrix within its limits: the nearest matrix that is symmetric, has a diagonal of zeros, entries up to
 * a bound and columns of one sum.
 * <p>\[ S = S^{\top}, \qquad S_{ii} = 0, \qquad 0 \le S_{ij} \le \beta, \qquad \sum_i S_{ij} = \alpha \]
 * where beta is the largest entry and alpha the column sum, or a bound of it; where a mask is zero S is too. A
 * projected matrix satisfies all of them exactly, the sums up to rounding.
 * <p>Shapes: a matrix {@code [units, units]}.
 * <p>Applied by DL4J after every update, in {@code fit} and in pre-training.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 */
@Getter
@EqualsAndHashCode
public final class InhibitionConstraint implements LayerConstraint {
    private static final long serialVersionUID = 1;

    private final int units;
    private final double columnSum;
    private final double maxEntry;
    private final @Nullable InhibitionMatrix mask;
    private final boolean allowLess;
    private Set<String> params;

    @Getter(lombok.AccessLevel.NONE)
    @EqualsAndHashCode.Exclude
    private transient volatile InhibitionLimits limits;

    /**
     * With column sums of exactly alpha.
     *
     * @param units     number of rows and columns
     * @param columnSum alpha, finite and &gt; 0
     * @param maxEntry  beta, finite and &gt; 0
     * @param mask      where it is zero, S stays zero; null for no mask
     * @param params    names of the parameters
     * @throws IllegalArgumentException if a number is out of its range or no matrix meets the limits
     */
    public InhibitionConstraint(
            int units, double columnSum, double maxEntry, @Nullable InhibitionMatrix mask, Set<String> params) {
        this(units, columnSum, maxEntry, mask, false, params);
    }

    /**
     * With column sums of alpha, or of at most alpha.
     *
     * @param units     number of rows and columns
     * @param columnSum alpha, finite and &gt; 0
     * @param maxEntry  beta, finite and &gt; 0
     * @param mask      where it is zero, S stays zero; null for no mask
     * @param allowLess whether a column sum may be less than alpha
     * @param params    names of the parameters; DL4J's {@code constrainWeights} sets them itself
     * @throws IllegalArgumentException if a number is out of its range or no matrix meets the limits
     */
    @JsonCreator
    public InhibitionConstraint(
            @JsonProperty("units") int units,
            @JsonProperty("columnSum") double columnSum,
            @JsonProperty("maxEntry") double maxEntry,
            @JsonProperty("mask") @Nullable InhibitionMatrix mask,
            @JsonProperty("allowLess") boolean allowLess,
            @JsonProperty("params") Set<String> params) {
        this.units = units;
        this.columnSum = columnSum;
        this.maxEntry = maxEntry;
        this.mask = mask;
        this.allowLess = allowLess;
        this.params = params == null ? Set.of() : new LinkedHashSet<>(params);
        limits = limits();
    }

    /**
     * The constraint for some of the units.
     *
     * @param kept the units that stay, in ascending order. Not modified.
     * @throws IllegalArgumentException if no smaller matrix meets the limits
     */
    public InhibitionConstraint restrictedTo(int[] kept) {
        return new InhibitionConstraint(
                kept.length, columnSum, maxEntry, mask == null ? null : mask.select(kept), allowLess, params);
    }

    private InhibitionLimits limits() {
        return new InhibitionLimits(units, columnSum, maxEntry, mask, allowLess);
    }

    @Override
    public void applyConstraint(Layer layer, int iteration, int epoch) {
        for (Map.Entry<String, INDArray> e : layer.paramTable().entrySet()) {
            if (params.contains(e.getKey())) {
                project(e.getValue());
            }
        }
    }

    /**
     * Projects a matrix; one with values that are not finite is not changed.
     *
     * @param inhibition {@code [units, units]}. Modified in place.
     */
    public void project(INDArray inhibition) {
        InhibitionLimits set = limits;
        if (set == null) {
            set = limits();
            limits = set;
        }
        set.project(inhibition);
    }

    @Override
    public void setParams(Set<String> params) {
        this.params = new LinkedHashSet<>(params);
    }

    @Override
    public InhibitionConstraint clone() {
        return new InhibitionConstraint(units, columnSum, maxEntry, mask, allowLess, params);
    }

    /**
     * Constraints for some of the units: those of this kind for fewer units, all others as they are.
     *
     * @param constraints null for none. Not modified.
     * @param kept        the units that stay, in ascending order. Not modified.
     * @return null for none
     * @throws IllegalArgumentException if one does not hold together without the other units
     */
    public static @Nullable List<LayerConstraint> restricted(@Nullable List<LayerConstraint> constraints, int[] kept) {
        return constraints == null
                ? null
                : constraints.stream()
                        .map(c -> c instanceof InhibitionConstraint own ? own.restrictedTo(kept) : c)
                        .collect(Collectors.toList());
    }
}
