package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.examples.InhibitionSettings.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of {@code inhibition}: a structure, and single values in place of those that suit it. */
final class InhibitionOptions {
    @Option(
            names = "--structure",
            paramLabel = "NAME",
            defaultValue = "tree",
            description = "${COMPLETION-CANDIDATES}: who inhibits whom (default: ${DEFAULT-VALUE}).")
    private Structure structure;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with PNG or JPEG images; it is only read. Default: the eight photographs that come "
                    + "with the program.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "inhibition-out",
            description = "Where the results go, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--quick", description = "A few patches only, done in seconds: to see that it runs.")
    private boolean quick;

    @Option(
            names = "--branching",
            paramLabel = "N",
            split = ",",
            description = "Children of each node of the tree, level by level from the root on (default: 6,3,2).")
    private List<Integer> branching;

    @Option(
            names = "--units",
            paramLabel = "N",
            description = "Units of the code: a square for annulus; those of a tree follow from --branching.")
    private Integer units;

    @Option(names = "--weight", paramLabel = "X", description = "Weight of |z|' S |z| beside 1/2 |x - D z|^2.")
    private Double weight;

    @Option(names = "--lambda", paramLabel = "X", description = "Weight of the L1 term.")
    private Double lambda;

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

    @Option(names = "--patch", paramLabel = "N", description = "Side of a patch in pixels (default: 12).")
    private Integer patch;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs, each with patches of its own.")
    private Integer epochs;

    @Option(names = "--patches", paramLabel = "N", description = "Patches of an epoch.")
    private Integer patches;

    @Option(names = "--batch", paramLabel = "N", description = "Patches an update.")
    private Integer batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Learning rate at the start; it falls linearly to a twentieth.")
    private Double learningRate;

    Path out() {
        return out;
    }

    long seed() {
        return seed;
    }

    /** Loads and whitens the images. */
    NaturalPatches patches(InhibitionSettings settings) throws IOException {
        return data == null
                ? NaturalPatches.of("eight embedded photographs", NaturalImages.embedded(), settings.sampling(), seed)
                : NaturalPatches.of(data.toString(), NaturalImages.folder(data), settings.sampling(), seed);
    }

    /**
     * The structure's settings with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the units do not fit the structure
     */
    InhibitionSettings settings() {
        if (branching != null && structure != Structure.TREE) {
            throw Args.failure("--branching", "given with --structure tree only", "--structure " + structure);
        }
        if (planted != null && structure != Structure.LEARNED) {
            throw Args.failure("--planted", "given with --structure learned only", "--structure " + structure);
        }
        InhibitionSettings s = quick ? structure.settings().quick() : structure.settings();
        s = branching == null ? s : s.withBranching(branching);
        s = branching == null ? s : s.withUnits(s.tree().size());
        s = s.withUnits(Objects.requireNonNullElse(units, s.units()))
                .withWeight(Objects.requireNonNullElse(weight, s.weight()))
                .withLambda(Objects.requireNonNullElse(lambda, s.lambda()))
                .withInnerRadius(Objects.requireNonNullElse(inner, s.innerRadius()))
                .withOuterRadius(Objects.requireNonNullElse(outer, s.outerRadius()))
                .withPlanted(Objects.requireNonNullElse(planted, s.planted()))
                .withPatch(Objects.requireNonNullElse(patch, s.patch()))
                .withEpochs(Objects.requireNonNullElse(epochs, s.epochs()))
                .withPatches(Objects.requireNonNullElse(patches, s.patches()))
                .withBatch(Objects.requireNonNullElse(batch, s.batch()))
                .withLearningRate(Objects.requireNonNullElse(learningRate, s.learningRate()));
        s.inhibition();
        return s;
    }
}
