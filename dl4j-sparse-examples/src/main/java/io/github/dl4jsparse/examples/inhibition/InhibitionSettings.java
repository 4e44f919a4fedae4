package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.examples.data.PatchSampling;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import java.util.Locale;
import lombok.With;

/**
 * Everything that decides what {@code inhibition} learns, apart from data and seed.
 *
 * @param structure          which units inhibit one another
 * @param branching          children of a node of the tree at each level, from the root on; empty for other structures
 * @param units              of the code, the filters of the dictionary
 * @param innerRadius        of the annulus of a map or ring that a unit inhibits, which leaves nearer ones alone
 * @param outerRadius        of that annulus
 * @param weight             alpha of {@code alpha |z|' S |z|} beside 1/2 |x - D z|^2; the entries of S are 0 or 1, or learned
 * @param lambda             weight of the L1 term
 * @param columnSum          of a learned S
 * @param maxEntry           of a learned S
 * @param inhibitionRate     learning rate of S, as a multiple of that of D
 * @param planted            what a learned S is tested on beside the images
 * @param schedule           of the training
 */
@With
record InhibitionSettings(
        Structure structure,
        List<Integer> branching,
        int units,
        double innerRadius,
        double outerRadius,
        double weight,
        double lambda,
        double columnSum,
        double maxEntry,
        double inhibitionRate,
        PlantedInhibition planted,
        PatchSchedule schedule) {

    /** Who inhibits whom, each with the settings that suit it. */
    enum Structure {
        TREE(List.of(6, 3, 2), 61, 0, 0, 0.5, 0.5, 30),
        ANNULUS(List.of(), 144, 1.5, 5, 0.04, 1.5, 100),
        RING(List.of(), 64, 1.5, 16, 0.04, 1.5, 300),
        LEARNED(List.of(), 64, 0, 0, 2, 0.5, 30);

        private static final double LAMBDA = 0.5;
        private static final double COLUMN_SUM = 2;
        private static final double MAX_ENTRY = 1;
        /** Slower, S hardly leaves its start while the dictionary forms, and says nothing about who fires with whom. */
        private static final double INHIBITION_RATE = 30;

        private static final int PATCH = 12;
        private static final int PATCHES = 2000;
        private static final int BATCH = 100;

        private final List<Integer> branching;
        private final int units;
        private final double inner;
        private final double outer;
        private final double weight;
        private final double learningRate;
        /** Neighbours on a map or ring come to be alike long after the filters have formed. */
        private final int epochs;

        Structure(
                List<Integer> branching,
                int units,
                double inner,
                double outer,
                double weight,
                double learningRate,
                int epochs) {
            this.branching = branching;
            this.units = units;
            this.inner = inner;
            this.outer = outer;
            this.weight = weight;
            this.learningRate = learningRate;
            this.epochs = epochs;
        }

        /** Three minutes at most. */
        InhibitionSettings settings() {
            return new InhibitionSettings(
                    this,
                    branching,
                    units,
                    inner,
                    outer,
                    weight,
                    LAMBDA,
                    COLUMN_SUM,
                    MAX_ENTRY,
                    INHIBITION_RATE,
                    PlantedInhibition.RING,
                    new PatchSchedule(learningRate, epochs, new PatchSampling(PATCH, PATCHES, BATCH, PATCHES), 1));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    InhibitionSettings {
        Args.atLeast("--units", units, 2);
        Args.nonNegative("--weight", weight);
        Args.nonNegative("--lambda", lambda);
        Args.positive("columnSum", columnSum);
        Args.positive("maxEntry", maxEntry);
        Args.positive("inhibitionRate", inhibitionRate);
        branching = List.copyOf(branching);
    }

    /**
     * A tree that is twice too large, to be pruned. Its branches keep each other silent more strictly than those of the usual tree, so
     * that a patch is described by one path and half of the paths are seldom taken.
     */
    static InhibitionSettings twiceTooLarge() {
        InhibitionSettings tree = Structure.TREE.settings();
        return tree.withBranching(List.of(8, 5, 2))
                .withUnits(129)
                .withWeight(1)
                .withSchedule(tree.schedule().withPruneTo(0.5));
    }

    /** The tree of the units. */
    Tree tree() {
        return Tree.branching(branching.stream().mapToInt(n -> n).toArray());
    }

    /** The side of the square map of the units. */
    int side() {
        return (int) Math.round(Math.sqrt(units));
    }

    /**
     * The inhibition among the units, or what learning starts from.
     *
     * @throws IllegalArgumentException if the units do not fit the structure
     */
    InhibitionMatrix inhibition() {
        return switch (structure) {
            case TREE -> {
                int nodes = tree().size();
                if (nodes != units) {
                    throw Args.failure("--units", "the " + nodes + " nodes of the tree, or not given", units);
                }
                yield InhibitionMatrix.tree(tree(), 1);
            }
            case ANNULUS -> {
                if (side() * side() != units) {
                    throw Args.failure("--units", "the square of a number for --structure annulus", units);
                }
                yield InhibitionMatrix.annulus(side(), side(), innerRadius, outerRadius, 1);
            }
            case RING -> InhibitionMatrix.ring(units, innerRadius, outerRadius, 1);
            case LEARNED -> InhibitionMatrix.uniform(units, 1);
        };
    }

    /** The penalty on a code. */
    LateralInhibitionPenalty penalty(InhibitionMatrix inhibition) {
        return new LateralInhibitionPenalty(weight, inhibition, new L1Penalty(lambda));
    }

    /** Side of a patch in pixels. */
    int patch() {
        return schedule.sampling().patch();
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "structure %s, weight %s, lambda %s, %d units, %s",
                structure,
                weight,
                lambda,
                units,
                schedule.summary());
    }
}
