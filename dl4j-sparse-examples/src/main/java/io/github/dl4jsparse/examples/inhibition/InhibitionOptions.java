package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.examples.inhibition.InhibitionSettings.Structure;
import io.github.dl4jsparse.examples.patch.PatchOptions;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of {@code inhibition}: a structure, and single values in place of those that suit it. */
final class InhibitionOptions extends PatchOptions {
    @Option(
            names = "--structure",
            paramLabel = "NAME",
            defaultValue = "tree",
            description = "${COMPLETION-CANDIDATES}: who inhibits whom (default: ${DEFAULT-VALUE}).")
    private Structure structure;

    @Option(names = "--weight", paramLabel = "X", description = "Weight of |z|' S |z| beside 1/2 |x - D z|^2.")
    private Double weight;

    @Option(names = "--inner", paramLabel = "X", description = "Inner radius of the annulus, in units.")
    private Double inner;

    @Option(names = "--outer", paramLabel = "X", description = "Outer radius of the annulus, in units.")
    private Double outer;

    @Option(
            names = "--planted",
            paramLabel = "NAME",
            description =
                    "${COMPLETION-CANDIDATES}: the inhibition behind synthetic data that --structure learned has to find "
                            + "again (default: ring).")
    private PlantedInhibition planted;

    /**
     * The structure's settings with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the units do not fit the structure
     */
    InhibitionSettings settings() {
        onlyForTrees(structure == Structure.TREE, "--structure", structure);
        if (planted != null && structure != Structure.LEARNED) {
            throw Args.failure("--planted", "given with --structure learned only", "--structure " + structure);
        }
        InhibitionSettings usual = pruned() ? InhibitionSettings.twiceTooLarge() : structure.settings();
        InhibitionSettings s = usual.withBranching(branching(usual.branching()))
                .withUnits(units(usual.units()))
                .withWeight(Objects.requireNonNullElse(weight, usual.weight()))
                .withLambda(lambda(usual.lambda()))
                .withInnerRadius(Objects.requireNonNullElse(inner, usual.innerRadius()))
                .withOuterRadius(Objects.requireNonNullElse(outer, usual.outerRadius()))
                .withPlanted(Objects.requireNonNullElse(planted, usual.planted()))
                .withSchedule(schedule(usual.schedule()));
        s.inhibition();
        return s;
    }
}
