package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.examples.DictionarySettings.Kind;
import io.github.dl4jsparse.group.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of {@code dictionary}: a penalty, and single values in place of those that suit it. */
final class DictionaryOptions {
    @Option(
            names = "--penalty",
            paramLabel = "NAME",
            defaultValue = "l1",
            description = "${COMPLETION-CANDIDATES}: units on their own, in fours, on a map, in a tree "
                    + "(default: ${DEFAULT-VALUE}).")
    private Kind penalty;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with PNG or JPEG images; it is only read. Default: the eight photographs that come "
                    + "with the program.")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "dictionary-out",
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

    @Option(names = "--patch", paramLabel = "N", description = "Side of a patch in pixels (default: 12).")
    private Integer patch;

    @Option(
            names = "--units",
            paramLabel = "N",
            description = "Units of the code: a multiple of 4 for group, a square for topographic; those of a tree "
                    + "follow from --branching (default: 144).")
    private Integer units;

    @Option(
            names = "--branching",
            paramLabel = "N",
            split = ",",
            description = "Children of each node of the tree, level by level from the root on (default: 8,3,2).")
    private List<Integer> branching;

    @Option(
            names = "--prune",
            description =
                    "Grow a tree twice too large, remove half of its units after five eighths of the epochs, train on, "
                            + "and train trees of the size that is left for comparison (with --penalty tree).")
    private boolean prune;

    @Option(
            names = "--prune-to",
            paramLabel = "X",
            description =
                    "Share of the units that stays, from 0 to 1; the same as --prune with another share (default: 0.5).")
    private Double pruneTo;

    @Option(names = "--lambda", paramLabel = "X", description = "Weight of the penalty beside 1/2 |x - D z|^2.")
    private Double lambda;

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
    NaturalPatches patches(DictionarySettings settings) throws IOException {
        return data == null
                ? NaturalPatches.of("eight embedded photographs", NaturalImages.embedded(), settings, seed)
                : NaturalPatches.of(data.toString(), NaturalImages.folder(data), settings, seed);
    }

    /**
     * The penalty's settings with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the units do not fit the structure
     */
    DictionarySettings settings() {
        if (branching != null && penalty != Kind.TREE) {
            throw Args.failure("--branching", "given with --penalty tree only", "--penalty " + penalty);
        }
        boolean pruned = prune || pruneTo != null;
        if (pruned && penalty != Kind.TREE) {
            throw Args.failure("--prune", "given with --penalty tree only", "--penalty " + penalty);
        }
        DictionarySettings s = pruned ? DictionarySettings.twiceTooLarge() : penalty.settings();
        s = quick ? s.quick() : s;
        s = branching == null ? s : s.withBranching(branching).withUnits(nodes());
        s = s.withUnits(Objects.requireNonNullElse(units, s.units()))
                .withPatch(Objects.requireNonNullElse(patch, s.patch()))
                .withLambda(Objects.requireNonNullElse(lambda, s.lambda()))
                .withEpochs(Objects.requireNonNullElse(epochs, s.epochs()))
                .withPatches(Objects.requireNonNullElse(patches, s.patches()))
                .withBatch(Objects.requireNonNullElse(batch, s.batch()))
                .withPruneTo(Objects.requireNonNullElse(pruneTo, s.pruneTo()))
                .withLearningRate(Objects.requireNonNullElse(learningRate, s.learningRate()));
        s.structure();
        return s;
    }

    private int nodes() {
        return Tree.branching(branching.stream().mapToInt(n -> n).toArray()).size();
    }
}
