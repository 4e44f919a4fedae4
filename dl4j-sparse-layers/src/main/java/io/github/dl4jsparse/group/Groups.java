package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * Groups of the units of a code, with a weight a member: pools of a map, blocks of a group norm, subtrees of a tree.
 * <p>\[ G_1, \dots, G_K \subseteq \{0, \dots, n - 1\}, \qquad w_{gj} &gt; 0 \text{ for } j \in G_g \]
 * Groups may overlap, and a unit may be in none: group penalties do not penalise such a unit. Weights are 1 unless
 * given. The order of the groups and of the members of a group is kept and compared by {@link #equals}.
 * <p>Shapes: {@link #pool} maps {@code [batch, units]} to {@code [batch, count]}, {@link #poolAdjoint} maps back.
 * <p>Immutable. Factories throw {@code IllegalArgumentException} with values that would be valid.
 * <p>Reference: Kavukcuoglu, Ranzato, Fergus and LeCun, Learning invariant features through topographic filter maps, CVPR
 * 2009.
 */
public final class Groups implements Serializable {
    private static final long serialVersionUID = 1;

    private final int units;
    private final int[] offsets;
    private final int[] members;
    /** One weight a member; null where all are 1. */
    private final double[] weights;
    /** What the groups are made of; null for nothing else. */
    private final GroupOrigin origin;

    private transient volatile Pooling pooling;
    private transient volatile RowPooling rowPooling;
    /** The units in no group, computed at the first call. */
    private transient volatile int[] free;

    Groups(int units, int[] offsets, int[] members, double[] weights) {
        this(units, offsets, members, weights, null);
    }

    Groups(int units, int[] offsets, int[] members, double[] weights, GroupOrigin origin) {
        this.units = units;
        this.origin = origin;
        this.offsets = offsets;
        this.members = members;
        this.weights = weights == null || Arrays.stream(weights).allMatch(w -> w == 1) ? null : weights;
    }

    /** Blocks of {@code size} consecutive units, which divides the number of units. */
    public static Groups blocks(int units, int size) {
        Args.atLeast("units", units, 1);
        Args.atLeast("size", size, 1);
        if (units % size != 0) {
            throw Args.failure("size", "a divisor of the " + units + " units, " + Divisors.near(units, size), size);
        }
        int[] offsets =
                IntStream.rangeClosed(0, units / size).map(i -> i * size).toArray();
        return new Groups(units, offsets, IntStream.range(0, units).toArray(), null);
    }

    /** Explicit lists of units, without weights. Not modified. */
    public static Groups of(int units, int[][] members) {
        return GroupLists.groups(units, members, null);
    }

    /**
     * Explicit lists of units with a weight for each.
     *
     * @param units   the number of units of a code
     * @param members the units of each group, none twice in a group. Not modified.
     * @param weights in the order of the members, finite and &gt; 0. Not modified.
     */
    public static Groups of(int units, int[][] members, double[][] weights) {
        return GroupLists.groups(units, members, Args.given("weights", weights));
    }

    /** Windows that shift over a closed ring of {@code length} units; the stride divides the length. */
    public static Groups ring(int length, Window window) {
        return Windows.wrapped("length", length, window);
    }

    /**
     * Square windows that shift over a torus of units, where the unit of row y and column x has the index
     * {@code y * width + x}: the topographic map of the paper. The stride divides both sides. Windows are numbered row
     * by row.
     */
    public static Groups torus(int height, int width, Window window) {
        return product(Windows.wrapped("height", height, window), Windows.wrapped("width", width, window));
    }

    /**
     * Square windows that shift over a sheet of units with borders; only windows entirely inside count. Units at the
     * lower and right border are in no group if no window ends there.
     */
    public static Groups grid(int height, int width, Window window) {
        return product(Windows.inside("height", height, window), Windows.inside("width", width, window));
    }

    /**
     * Every group of one axis with every group of another, for a code flattened as {@code [maps, space]}: the index of
     * a unit is {@code map * space.units() + position}, that of a group {@code g * space.count() + h}, and weights are
     * multiplied.
     *
     * @param maps  groups over feature maps
     * @param space groups over positions, such as {@link #torus}
     */
    public static Groups product(Groups maps, Groups space) {
        return GroupLists.product(Args.given("maps", maps), Args.given("space", space));
    }

    /**
     * The same groups with other indices of units: for another order of the code or, with random indices, a control.
     *
     * @param numbers the new index of each unit, each from 0 to {@code units() - 1} once. Not modified.
     */
    public Groups renumbered(int[] numbers) {
        return GroupOrigin.renumbered(this, Args.given("numbers", numbers).clone());
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Groups fromJson(GroupLists lists) {
        return Args.given("groups", lists).groups();
    }

    @JsonValue
    GroupLists toJson() {
        return GroupLists.of(this);
    }

    /** What the groups are made of; null for nothing else. */
    GroupOrigin origin() {
        return origin;
    }

    /** The number of units. */
    public int units() {
        return units;
    }

    /** The number of groups. */
    public int count() {
        return offsets.length - 1;
    }

    /** Where each group's members start in {@link #members}, and as the last entry their number: a new array. */
    public int[] offsets() {
        return offsets.clone();
    }

    /** The units of all groups, group by group: a new array. */
    public int[] members() {
        return members.clone();
    }

    /** The weights of all members, in the order of {@link #members}: a new array. */
    public double[] weights() {
        return IntStream.range(0, members.length).mapToDouble(this::weight).toArray();
    }

    /** The units of one group: a new array. */
    public int[] members(int group) {
        return Arrays.copyOfRange(members, offsets[group], offsets[group + 1]);
    }

    /**
     * The index of a group's first member in {@link #members}; that of the last one is {@code start(group + 1) - 1}.
     */
    public int start(int group) {
        return offsets[group];
    }

    /** The number of members of a group. */
    public int size(int group) {
        return offsets[group + 1] - offsets[group];
    }

    /** The unit at an index between {@code start(group)} and {@code start(group + 1)}. */
    public int member(int place) {
        return members[place];
    }

    /** The weight of the member at an index. */
    public double weight(int place) {
        return weights == null ? 1 : weights[place];
    }

    /** Whether every weight is 1. */
    public boolean hasUnitWeights() {
        return weights == null;
    }

    /** Whether no unit is in more than one group. */
    public boolean isDisjoint() {
        return Arrays.stream(memberships()).allMatch(n -> n <= 1);
    }

    /** Whether every unit is in exactly one group. */
    public boolean isPartition() {
        return Arrays.stream(memberships()).allMatch(n -> n == 1);
    }

    /** The units in no group, in ascending order: a new array. */
    public int[] unitsInNoGroup() {
        return free().clone();
    }

    /** One of the units in no group, by its index in {@link #unitsInNoGroup}. */
    public int unitInNoGroup(int place) {
        return free()[place];
    }

    private int[] free() {
        int[] result = free;
        if (result == null) {
            int[] memberships = memberships();
            result = IntStream.range(0, units)
                    .filter(unit -> memberships[unit] == 0)
                    .toArray();
            free = result;
        }
        return result;
    }

    /**
     * The groups that hold at least one of some units, in ascending order: a new array.
     *
     * @param chosen in ascending order, none twice. Not modified.
     */
    public int[] groupsOf(int[] chosen) {
        BitSet wanted = new BitSet(units);
        IntStream.of(Args.subset("units", chosen, units)).forEach(wanted::set);
        return IntStream.range(0, count())
                .filter(g -> IntStream.range(offsets[g], offsets[g + 1]).anyMatch(i -> wanted.get(members[i])))
                .toArray();
    }

    /**
     * The groups restricted to some units: every group without the other units, except groups that are then empty. Unit
     * i of the result is unit {@code kept[i]} of this, and group g is group {@code groupsOf(kept)[g]}.
     *
     * @param kept in ascending order, none twice. Not modified.
     * @throws IllegalArgumentException if a unit is out of range, or no group has one of the units
     */
    public Groups restrictedTo(int[] kept) {
        return GroupLists.restricted(this, kept, groupsOf(kept));
    }

    /** For each unit the number of its groups. */
    int[] memberships() {
        int[] result = new int[units];
        for (int member : members) {
            result[member]++;
        }
        return result;
    }

    /** The size of all groups where they are blocks of consecutive units of weight 1, else 0. */
    int blockSize() {
        int size = size(0);
        boolean blocks = weights == null && members.length == units && size * count() == units;
        for (int i = 0; blocks && i < units; i++) {
            blocks = members[i] == i && offsets[i / size] == i / size * size;
        }
        return blocks ? size : 0;
    }

    /**
     * The weighted sum of each group.
     * <p>\[ y_{bg} = \sum_{j \in G_g} w_{gj} x_{bj} \]
     *
     * @param squares {@code [batch, units]}, such as squares of a code. Not modified.
     * @return {@code [batch, count]}, a new array of the same type
     */
    public INDArray pool(INDArray squares) {
        return pooling().pool(Shapes.matrix("squares", squares, units));
    }

    /**
     * The adjoint of {@link #pool}: gives each unit the weighted sum over its groups.
     * <p>\[ x_{bj} = \sum_{g : j \in G_g} w_{gj} y_{bg} \]
     *
     * @param perGroup {@code [batch, count]}. Not modified.
     * @return {@code [batch, units]}, a new array of the same type
     */
    public INDArray poolAdjoint(INDArray perGroup) {
        return pooling().poolAdjoint(Shapes.matrix("perGroup", perGroup, count()));
    }

    /**
     * The weighted sum of each group for one code in a Java array.
     *
     * @param from the elements of the units, from index {@code f} on. Not modified.
     * @param to   where the sums are written, from index {@code t} on. Modified in place.
     */
    public void pool(double[] from, int f, double[] to, int t) {
        rowPooling().pool(from, f, to, t);
    }

    /**
     * The adjoint of {@link #pool(double[], int, double[], int)}.
     *
     * @param from the elements of the groups, from index {@code f} on. Not modified.
     * @param to   where the sums of the units are written, from index {@code t} on. Modified in place.
     */
    public void poolAdjoint(double[] from, int f, double[] to, int t) {
        rowPooling().poolAdjoint(from, f, to, t);
    }

    private RowPooling rowPooling() {
        RowPooling result = rowPooling;
        if (result == null) {
            result = RowPooling.of(this);
            rowPooling = result;
        }
        return result;
    }

    Pooling pooling() {
        Pooling result = pooling;
        if (result == null) {
            result = Pooling.of(this);
            pooling = result;
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Groups g
                && g.units == units
                && Arrays.equals(g.offsets, offsets)
                && Arrays.equals(g.members, members)
                && Arrays.equals(g.weights, weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(members) + 31 * (units + 31 * Arrays.hashCode(weights));
    }

    @Override
    public String toString() {
        return "Groups[" + count() + " of " + units + " units, "
                + (blockSize() > 0 ? "blocks of " + blockSize() : members.length + " members")
                + (weights == null ? "]" : ", weighted]");
    }
}
