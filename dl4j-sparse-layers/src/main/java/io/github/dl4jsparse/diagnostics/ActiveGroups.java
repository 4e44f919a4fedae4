package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.energy.Grouped;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.energy.SumPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.SpatialWindow;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts the groups of a penalty that take part in codes.
 * <p>\[ \sum_j \# \{ g : z_{ji} \neq 0 \text{ for some } i \in g \} \]
 * where j runs over the codes. The groups of a sum of penalties are those of its first term that has any.
 */
final class ActiveGroups {
    private ActiveGroups() {}

    /**
     * The number of active groups of all codes together; NaN for a penalty without groups.
     *
     * @param code as the penalty takes it. Not modified.
     */
    static double count(Penalty penalty, INDArray code) {
        Grouping grouping = grouping(penalty);
        if (grouping == null) {
            return Double.NaN;
        }
        INDArray active = code.neq(0).castTo(DataType.DOUBLE);
        INDArray pooled = grouping.groups()
                .pool(active.reshape(
                        'c',
                        active.length() / grouping.groups().units(),
                        grouping.groups().units()));
        return grouping.overSpace(pooled.dup('c'), code.size(0))
                .gt(0)
                .castTo(DataType.DOUBLE)
                .sumNumber()
                .doubleValue();
    }

    /** Groups of units; of maps, where the penalty is on codes of all places of maps. */
    record Grouping(Groups groups, SpatialGroupPenalty space) {
        private INDArray overSpace(INDArray pooled, long batch) {
            if (space == null) {
                return pooled;
            }
            SpatialWindow window = space.window();
            return window.sum(pooled.reshape('c', batch, space.height(), space.width(), groups.count()));
        }
    }

    /** The groups of a penalty; null where it has none. */
    static Grouping grouping(Penalty penalty) {
        if (penalty instanceof SpatialGroupPenalty spatial) {
            return new Grouping(spatial.groups(), spatial);
        }
        if (penalty instanceof SumPenalty sum) {
            return sum.terms().stream()
                    .map(ActiveGroups::grouping)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return penalty instanceof Grouped grouped ? new Grouping(grouped.groups(), null) : null;
    }
}
