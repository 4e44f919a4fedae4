package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import java.util.List;

/**
 * A parameter that a {@link LearnedPenalty} owns.
 *
 * @param name    in layers with the penalty, which use this name or one derived from it
 * @param shape   at least two axes, each of length 1 or more
 * @param perUnit for each axis whether its elements belong to the units of the penalty, in their order, and are removed
 *      with them
 */
public record PenaltyParameter(String name, List<Long> shape, List<Boolean> perUnit) {
    /**
     * @throws IllegalArgumentException if the name is missing, or there are fewer than two axes, or {@code perUnit} has
     * another length
     */
    public PenaltyParameter {
        Args.given("name of a penalty's parameter", name);
        shape = List.copyOf(Args.given("shape", shape));
        perUnit = List.copyOf(Args.given("perUnit", perUnit));
        Args.atLeast("axes of " + name, shape.size(), 2);
        if (perUnit.size() != shape.size()) {
            throw Args.failure("perUnit of " + name, "one for each of the " + shape.size() + " axes", perUnit.size());
        }
        for (long length : shape) {
            if (length < 1) {
                throw Args.failure("shape of " + name, "of lengths of at least 1", shape);
            }
        }
    }

    /** A row {@code [1, units]} with an element for each unit. */
    public static PenaltyParameter row(String name, long units) {
        return new PenaltyParameter(name, List.of(1L, units), List.of(false, true));
    }

    /** A matrix {@code [units, units]} with an element for each pair of units. */
    public static PenaltyParameter pairs(String name, long units) {
        return new PenaltyParameter(name, List.of(units, units), List.of(true, true));
    }

    /** The shape as ND4J has it, a new array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
