package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.NoArgsConstructor;
import lombok.ToString;

/**
 * Pools a code by the norm of each group of units, and over spatial windows in codes of images: the output is invariant
 * to which members of a group are active.
 * <p>\[ p_{g,u} = \sqrt{\epsilon + \sum_{v \in \mathrm{window}(u)} \sum_{j \in g} w_{gj} z_{j,v}^2}, \qquad
 * L = \lambda \sum_{g,u} p_{g,u} \]
 * where z is the code, w the weights of the {@link Groups}, u the position of a window that shifts by the stride and
 * lies entirely inside of the map, epsilon the smoothing, and L an optional penalty, a mean over the batch in the
 * score. An all-zero pool has gradient zero.
 * <p>Shapes: {@code [batch, units]} to {@code [batch, groups]}; {@code [batch, units, time]} to
 * {@code [batch, groups, positions]} (or NWC), each time step alone without windows;
 * {@code [batch, maps, height, width]} to {@code [batch, groups, positions down, positions across]}, or both with the
 * maps last (NHWC). No parameters.
 * <p>Errors: {@code DL4JInvalidConfigException} when the configuration is built and when it gets its input type, where the
 * groups do not fit the input or a window is larger than the maps; {@code DL4JInvalidInputException} for such input.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 */
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class GroupL2PoolingLayer extends GroupPoolingConf {
    private static final long serialVersionUID = 1;

    private GroupL2PoolingLayer(Builder builder) {
        super(builder);
    }

    @Override
    boolean passesInput() {
        return false;
    }

    /** Builds a {@link GroupL2PoolingLayer}. */
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
        public GroupL2PoolingLayer build() {
            requireValid(GroupL2PoolingLayer.class);
            return new GroupL2PoolingLayer(this);
        }
    }
}
