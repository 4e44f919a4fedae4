package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.examples.patch.PatchSettings;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import lombok.Getter;
import lombok.experimental.Accessors;
import picocli.CommandLine.Option;

/** All that decides what {@code inhibition} learns: a structure, and single values in place of those that suit it. */
@Getter
@Accessors(fluent = true)
final class InhibitionSettings extends PatchSettings {
    @Option(
            names = "--structure",
            paramLabel = "NAME",
            defaultValue = "tree",
            description = "${COMPLETION-CANDIDATES}: who inhibits whom (default: ${DEFAULT-VALUE}).")
    private Structure structure;

    @Option(
            names = "--weight",
            paramLabel = "X",
            description = "Weight of |z|' S |z| beside 1/2 |x - D z|^2; the entries of S are 0 or 1, or learned.")
    private double weight;

    @Option(names = "--inner", paramLabel = "X", description = "Inner radius of the annulus, in units.")
    private double innerRadius;

    @Option(names = "--outer", paramLabel = "X", description = "Outer radius of the annulus, in units.")
    private double outerRadius;

    @Option(names = "--column-sum", paramLabel = "X", description = "Sum of a column of a learned S.")
    private double columnSum;

    @Option(names = "--max-entry", paramLabel = "X", description = "Largest entry of a learned S.")
    private double maxEntry;

    @Option(
            names = "--inhibition-rate",
            paramLabel = "X",
            description = "Learning rate of S, as a multiple of that of the dictionary.")
    private double inhibitionRate;

    @Option(
            names = "--planted",
            paramLabel = "NAME",
            description =
                    "${COMPLETION-CANDIDATES}: the inhibition behind synthetic data that --structure learned has to find "
                            + "again (default: ring).")
    private PlantedInhibition planted;

    /** Who inhibits whom, sections of the presets file. */
    enum Structure {
        TREE,
        ANNULUS,
        RING,
        LEARNED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range, or the units do not fit the structure */
    @Override
    public void check() {
        if (isGiven("--planted") && structure != Structure.LEARNED) {
            throw Args.failure("--planted", "given with --structure learned only", "--structure " + structure);
        }
        complete(structure, structure == Structure.TREE, "--structure");
        super.check();
        Args.atLeast("--units", units(), 2);
        Args.nonNegative("--weight", weight);
        Args.positive("--column-sum", columnSum);
        Args.positive("--max-entry", maxEntry);
        Args.positive("--inhibition-rate", inhibitionRate);
        inhibition();
    }

    /** The tree of the units. */
    Tree tree() {
        return Tree.branching(branching().stream().mapToInt(n -> n).toArray());
    }

    /** The side of the square map of the units. */
    int side() {
        return (int) Math.round(Math.sqrt(units()));
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
                if (nodes != units()) {
                    throw Args.failure("--units", "the " + nodes + " nodes of the tree, or not given", units());
                }
                yield InhibitionMatrix.tree(tree(), 1);
            }
            case ANNULUS -> {
                if (side() * side() != units()) {
                    throw Args.failure("--units", "the square of a number for --structure annulus", units());
                }
                yield InhibitionMatrix.annulus(side(), side(), innerRadius, outerRadius, 1);
            }
            case RING -> InhibitionMatrix.ring(units(), innerRadius, outerRadius, 1);
            case LEARNED -> InhibitionMatrix.uniform(units(), 1);
        };
    }

    /** The penalty on a code. */
    LateralInhibitionPenalty penalty(InhibitionMatrix inhibition) {
        return new LateralInhibitionPenalty(weight, inhibition, new L1Penalty(lambda()));
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "structure %s, weight %s, lambda %s, %d units, %s",
                structure,
                weight,
                lambda(),
                units(),
                schedule().summary());
    }
}
