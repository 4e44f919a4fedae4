package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * The weights of a penalty: one for all units, or one for each. In JSON a number or a list.
 * <p>Immutable.
 */
public final class Weights implements Serializable {
    private static final long serialVersionUID = 1;

    private final boolean one;
    private final double[] values;

    private Weights(boolean one, double[] values) {
        this.one = one;
        this.values = values;
    }

    /**
     * One weight for all units.
     *
     * @throws IllegalArgumentException if it is negative or not finite; the message begins with {@code name}
     */
    public static Weights one(String name, double weight) {
        return new Weights(true, new double[] {Args.nonNegative(name, weight)});
    }

    /**
     * A weight for each unit.
     *
     * @param weights not modified
     * @throws IllegalArgumentException if there is none, or one is negative or not finite; the message begins with
     *                                  {@code name}
     */
    public static Weights each(String name, double... weights) {
        Args.atLeast("number of weights", Args.given(name, weights).length, 1);
        for (int i = 0; i < weights.length; i++) {
            Args.nonNegative(name + " of unit " + i, weights[i]);
        }
        return new Weights(false, weights.clone());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Weights fromJson(JsonNode json) {
        if (!json.isArray()) {
            return one("weight", json.asDouble(Double.NaN));
        }
        double[] values = new double[json.size()];
        Arrays.setAll(values, i -> json.get(i).asDouble(Double.NaN));
        return each("weight", values);
    }

    @JsonValue
    Object toJson() {
        return one ? (Object) values[0] : values.clone();
    }

    /** Whether there is one weight for all units. */
    public boolean isOne() {
        return one;
    }

    /** The number of units, or 0 where there is one weight for any number of units. */
    public int units() {
        return one ? 0 : values.length;
    }

    /** The weight of a unit. */
    public double of(int unit) {
        return values[one ? 0 : unit];
    }

    /** The smallest weight. */
    public double least() {
        return DoubleStream.of(values).min().orElse(0);
    }

    /** The weights: one, or one for each unit; a new array. */
    public double[] toArray() {
        return values.clone();
    }

    /**
     * The weights of some of the units; these weights where there is one for all units.
     *
     * @param kept in ascending order, none twice. Not modified.
     */
    public Weights restrictedTo(int[] kept) {
        Args.subset("kept", kept, one ? Integer.MAX_VALUE : values.length);
        return one
                ? this
                : new Weights(false, Arrays.stream(kept).mapToDouble(this::of).toArray());
    }

    /**
     * The sums of these and other weights.
     *
     * @throws IllegalArgumentException if both have a weight for each unit and different lengths
     */
    public Weights plus(Weights other) {
        if (one && other.one) {
            return one("weight", values[0] + other.values[0]);
        }
        if (units() > 0 && other.units() > 0 && units() != other.units()) {
            throw Args.failure("weights", "for the " + units() + " units of the others", other.units());
        }
        double[] sums = new double[Math.max(units(), other.units())];
        Arrays.setAll(sums, i -> of(i) + other.of(i));
        return each("weight", sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weights w && w.one == one && Arrays.equals(w.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) + (one ? 1 : 0);
    }

    @Override
    public String toString() {
        return String.valueOf(toJson() instanceof double[] each ? Arrays.toString(each) : values[0]);
    }
}
