package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.group.Groups;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A penalty on groups of the units of a code; reports count the active groups. */
public interface Grouped extends Penalty {
    /** The groups, of all units of the code. */
    Groups groups();

    @Override
    default double activeGroups(INDArray code) {
        return positives(unitsInGroups(groups(), code));
    }

    /** The number of units of each group that are not zero, by weight: {@code [rows, groups]}, a new array. */
    static INDArray unitsInGroups(Groups groups, INDArray code) {
        INDArray active = code.neq(0).castTo(DataType.DOUBLE);
        return groups.pool(active.reshape('c', active.length() / groups.units(), groups.units()))
                .dup('c');
    }

    /** The number of positive elements. */
    static double positives(INDArray numbers) {
        return numbers.gt(0).castTo(DataType.DOUBLE).sumNumber().doubleValue();
    }
}
