package io.github.dl4jsparse.nn.constraint;

import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.layers.LayerConstraint;

/** A constraint that is made for a number of units, and knows what is left of it where only some of them are kept. */
public interface UnitConstraint extends LayerConstraint {
    /**
     * The constraint for some of the units.
     *
     * @param kept the units that stay, in ascending order. Not modified.
     */
    UnitConstraint restrictedTo(int[] kept);

    /**
     * Constraints for some of the units: those of this kind for fewer units, all others as they are.
     *
     * @param constraints null for none. Not modified.
     * @param kept        the units that stay, in ascending order. Not modified.
     * @return null for none
     * @throws IllegalArgumentException if one does not hold together without the other units
     */
    static List<LayerConstraint> restricted(List<LayerConstraint> constraints, int[] kept) {
        return constraints == null
                ? null
                : constraints.stream()
                        .map(c -> c instanceof UnitConstraint own ? own.restrictedTo(kept) : c)
                        .collect(Collectors.toList());
    }
}
