package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.energy.Grouped;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The units that are related to a unit by the penalty, by similar filters or by common activity. */
final class UnitRelations {
    private static final int SHOWN = 8;

    private final int units;
    private final double[][] cosines;
    private final UnitActivity activity;
    private final double[][] shared;
    private final InhibitionMatrix inhibition;

    /** Units and how strongly each is related, the strongest first. */
    record Relation(String name, int[] units, double[] strengths) {}

    /** @param atoms one a unit. Not modified. */
    UnitRelations(double[][] atoms, UnitActivity activity, Penalty penalty) {
        this.units = atoms.length;
        this.cosines = NeighbourSimilarity.cosines(atoms);
        this.activity = activity;
        this.shared = penalty instanceof Grouped grouped && grouped.groups().units() == units
                ? shared(grouped.groups())
                : null;
        this.inhibition = penalty instanceof LateralInhibitionPenalty lateral
                        && lateral.inhibition().units() == units
                ? lateral.inhibition()
                : null;
    }

    /** {@code [unit][other]}: the number of groups that hold both. */
    private double[][] shared(Groups groups) {
        double[][] counts = new double[units][units];
        for (int group = 0; group < groups.count(); group++) {
            int[] members = groups.members(group);
            for (int a : members) {
                for (int b : members) {
                    counts[a][b]++;
                }
            }
        }
        return counts;
    }

    /** The relations of a unit that there are. */
    List<Relation> of(int unit) {
        List<Relation> relations = new ArrayList<>();
        if (shared != null) {
            relations.add(strongest("in groups with it (number of groups)", unit, other -> shared[unit][other]));
        }
        if (inhibition != null) {
            relations.add(strongest("inhibit it most (S)", unit, other -> inhibition.get(unit, other)));
        }
        relations.add(strongest("filters alike (|cosine|)", unit, other -> cosines[unit][other]));
        relations.add(strongest("active together (correlation)", unit, other -> activity.coActivation(unit, other)));
        return relations.stream()
                .filter(relation -> relation.units().length > 0)
                .toList();
    }

    private Relation strongest(String name, int unit, IntToDoubleFunction strength) {
        double[] strengths = IntStream.range(0, units).mapToDouble(strength).toArray();
        int[] order = IntStream.range(0, units)
                .filter(other -> other != unit && strengths[other] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(other -> -strengths[other]))
                .limit(SHOWN)
                .mapToInt(Integer::intValue)
                .toArray();
        return new Relation(
                name,
                order,
                IntStream.of(order).mapToDouble(other -> strengths[other]).toArray());
    }
}
