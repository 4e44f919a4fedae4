package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.internal.check.Args;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.NoArgsConstructor;
import lombok.ToString;

/**
 * Adds a penalty on groups of units to any network without a change of the code: group sparsity for DL4J's own layers.
 * <p>\[ y = z, \qquad L = \lambda \sum_{g,u} \sqrt{\epsilon + \sum_{v \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{j,v}^2} \]
 * where lambda is the penalty weight and the pools are those of a {@link GroupL2PoolingLayer}. L is a part of the score, as a mean
 * over the batch, and of the gradient of {@code fit()}. An all-zero pool has gradient zero.
 * <p>Shapes: {@code [batch, units]}, {@code [batch, units, time]} (or NWC) or {@code [batch, maps, height, width]} (or NHWC), in
 * and out; of sequences every time step has its penalty, and masked steps have none. No parameters.
 * <p>Errors: {@code DL4JInvalidConfigException} when the configuration is built, also if it has no penalty weight, and
 * when it gets its input type, where the groups do not fit the input or a window is larger than the maps;
 * {@code DL4JInvalidInputException} for such input.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 */
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class GroupSparsityLayer extends GroupPoolingConf {
    private static final long serialVersionUID = 1;

    private GroupSparsityLayer(Builder builder) {
        super(builder);
    }

    @Override
    boolean passesInput() {
        return true;
    }

    /** Builds a {@link GroupSparsityLayer}. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends GroupPoolingConf.Builder<Builder> {
        /** The builder of a layer in which every map, or unit, is a group of its own. */
        public Builder() {
            super(null);
        }

        /** The builder of a layer with groups of maps or units. */
        public Builder(Groups groups) {
            super(groups);
        }

        @Override
        void validate() {
            super.validate();
            if (penaltyWeight() == null) {
                throw Args.failure(
                        "penaltyWeight",
                        "set, as the layer does nothing else; try 1e-3, and more where too many groups stay active",
                        "none");
            }
        }

        /**
         * @throws org.deeplearning4j.exception.DL4JInvalidConfigException for an invalid value, and where no penalty
         * weight was set
         */
        @Override
        public GroupSparsityLayer build() {
            requireValid(GroupSparsityLayer.class);
            return new GroupSparsityLayer(this);
        }
    }
}
