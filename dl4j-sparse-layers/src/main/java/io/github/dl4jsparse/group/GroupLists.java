package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The JSON form of groups: blocks by their size alone, products by their factors, other groups as lists of their
 * members.
 *
 * @param units     the number of units
 * @param blockSize the size of all groups where they are blocks of consecutive units, else null
 * @param members   the units of each group; null for blocks
 * @param weights   of each member; one row if all groups have the same; null for weights of 1
 * @param factors   the two factors of a product, or the groups whose units are renumbered; null for other groups
 * @param numbers   the new indices of the units; null where they are not renumbered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupLists(
        @JsonProperty("units") int units,
        @JsonProperty("blockSize") Integer blockSize,
        @JsonProperty("members") int[][] members,
        @JsonProperty("weights") double[][] weights,
        @JsonProperty("factors") GroupLists[] factors,
        @JsonProperty("numbers") int[] numbers) {
    @JsonCreator
    GroupLists {}

    static GroupLists of(Groups groups) {
        int blockSize = groups.blockSize();
        if (blockSize > 0) {
            return new GroupLists(groups.units(), blockSize, null, null, null, null);
        }
        GroupOrigin origin = groups.origin();
        if (origin != null) {
            GroupLists[] factors = origin.isProduct()
                    ? new GroupLists[] {of(origin.first()), of(origin.second())}
                    : new GroupLists[] {of(origin.first())};
            return new GroupLists(groups.units(), null, null, null, factors, origin.numbers());
        }
        int[][] members = new int[groups.count()][];
        double[][] weights = new double[groups.count()][];
        for (int g = 0; g < members.length; g++) {
            members[g] = groups.members(g);
            weights[g] = IntStream.range(groups.start(g), groups.start(g + 1))
                    .mapToDouble(groups::weight)
                    .toArray();
        }
        boolean same = Arrays.stream(weights).allMatch(row -> Arrays.equals(row, weights[0]));
        double[][] written = groups.hasUnitWeights() ? null : same ? new double[][] {weights[0]} : weights;
        return new GroupLists(groups.units(), null, members, written, null, null);
    }

    Groups groups() {
        if (blockSize != null) {
            return Groups.blocks(units, blockSize);
        }
        if (factors != null) {
            Groups first = factors[0].groups();
            return numbers != null ? first.renumbered(numbers) : Groups.product(first, factors[1].groups());
        }
        boolean repeat = weights != null && weights.length == 1 && Args.given("members", members).length > 1;
        return groups(
                units,
                members,
                repeat
                        ? IntStream.range(0, members.length)
                                .mapToObj(g -> weights[0])
                                .toArray(double[][]::new)
                        : weights);
    }

    /** Checked groups of lists that are not modified; {@code weights} may be null. */
    static Groups groups(int units, int[][] members, double[][] weights) {
        Args.atLeast("units", units, 1);
        Args.atLeast("number of groups", Args.given("members", members).length, 1);
        if (weights != null && weights.length != members.length) {
            throw Args.failure("weights", "given for each of the " + members.length + " groups", weights.length);
        }
        int[] offsets = new int[members.length + 1];
        for (int g = 0; g < members.length; g++) {
            check(g, units, members[g], weights == null ? null : weights[g]);
            offsets[g + 1] = Math.addExact(offsets[g], members[g].length);
        }
        return new Groups(
                units,
                offsets,
                Arrays.stream(members).flatMapToInt(Arrays::stream).toArray(),
                weights == null
                        ? null
                        : Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray());
    }

    private static void check(int group, int units, int[] members, double[] weights) {
        Args.atLeast("size of group " + group, Args.given("group " + group, members).length, 1);
        BitSet seen = new BitSet(units);
        for (int unit : members) {
            if (unit < 0 || unit >= units) {
                throw Args.failure("member of group " + group, "from 0 to " + (units - 1), unit);
            }
            if (seen.get(unit)) {
                throw Args.failure("member of group " + group, "there once", unit + " twice");
            }
            seen.set(unit);
        }
        if (weights == null) {
            return;
        }
        if (weights.length != members.length) {
            throw Args.failure(
                    "weights of group " + group,
                    "given for each of its " + members.length + " members",
                    weights.length);
        }
        for (double weight : weights) {
            Args.positive("weight in group " + group, weight);
        }
    }

    /** Some groups with those of their units that are kept, with new indices. */
    static Groups restricted(Groups groups, int[] kept, int[] remaining) {
        if (remaining.length == 0) {
            throw Args.failure("kept", "units of which at least one is in a group", Arrays.toString(kept));
        }
        int[] numbers = new int[groups.units()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < kept.length; i++) {
            numbers[kept[i]] = i;
        }
        int[] offsets = new int[remaining.length + 1];
        int[] members = new int[groups.start(groups.count())];
        double[] weights = new double[members.length];
        int place = 0;
        for (int g = 0; g < remaining.length; g++) {
            for (int i = groups.start(remaining[g]); i < groups.start(remaining[g] + 1); i++) {
                if (numbers[groups.member(i)] >= 0) {
                    members[place] = numbers[groups.member(i)];
                    weights[place++] = groups.weight(i);
                }
            }
            offsets[g + 1] = place;
        }
        return new Groups(kept.length, offsets, Arrays.copyOf(members, place), Arrays.copyOf(weights, place));
    }

    static Groups product(Groups maps, Groups space) {
        long units = (long) maps.units() * space.units();
        long places = (long) maps.start(maps.count()) * space.start(space.count());
        if (Math.max(units, places) > Integer.MAX_VALUE - 8) {
            throw Args.failure("units and members of the product", "less than 2^31", Math.max(units, places));
        }
        int[] offsets = new int[maps.count() * space.count() + 1];
        int[] members = new int[(int) places];
        double[] weights = new double[(int) places];
        int place = 0;
        for (int g = 0; g < offsets.length - 1; g++) {
            int map = g / space.count();
            int position = g % space.count();
            for (int i = maps.start(map); i < maps.start(map + 1); i++) {
                for (int j = space.start(position); j < space.start(position + 1); j++) {
                    members[place] = maps.member(i) * space.units() + space.member(j);
                    weights[place++] = maps.weight(i) * space.weight(j);
                }
            }
            offsets[g + 1] = place;
        }
        return new Groups((int) units, offsets, members, weights, GroupOrigin.product(maps, space));
    }
}
