package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.data.PatchSampling;
import io.github.dl4jsparse.examples.data.PhotographOptions;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Option;

/** What the examples that learn a dictionary of patches can be told besides. */
public abstract class PatchOptions extends PhotographOptions {
    @Option(names = "--patch", paramLabel = "N", description = "Side of a patch in pixels (default: 12).")
    private Integer patch;

    @Option(names = "--patches", paramLabel = "N", description = "Patches of an epoch.")
    private Integer patches;

    @Option(
            names = "--units",
            paramLabel = "N",
            description = "Units of the code: a square for a map, a multiple of 4 for groups; those of a tree follow "
                    + "from --branching.")
    private Integer units;

    @Option(
            names = "--branching",
            paramLabel = "N",
            split = ",",
            description = "Children of each node of the tree, level by level from the root on.")
    private List<Integer> branching;

    @Option(
            names = "--prune",
            description =
                    "Grow a tree twice too large, remove half of its units after five eighths of the epochs, train on, "
                            + "and train trees of the size that is left for comparison.")
    private boolean prune;

    @Option(
            names = "--prune-to",
            paramLabel = "X",
            description =
                    "Share of the units that stays, from 0 to 1; the same as --prune with another share (default: 0.5).")
    private Double pruneTo;

    public final boolean pruned() {
        return prune || pruneTo != null;
    }

    /**
     * Finds options of trees with something else.
     *
     * @param tree   whether a tree was chosen
     * @param option by which
     * @param chosen what was chosen
     * @throws IllegalArgumentException if it is no tree and there are such options
     */
    public final void onlyForTrees(boolean tree, String option, Object chosen) {
        if (branching != null && !tree) {
            throw Args.failure("--branching", "given with " + option + " tree only", option + " " + chosen);
        }
        if (pruned() && !tree) {
            throw Args.failure("--prune", "given with " + option + " tree only", option + " " + chosen);
        }
    }

    /** The usual schedule, or that of a quick run, with the values that were given. */
    public final PatchSchedule schedule(PatchSchedule usual) {
        PatchSchedule start = quick() ? usual.quick() : usual;
        PatchSampling sampling = start.sampling();
        return start.withLearningRate(learningRate(start.learningRate()))
                .withEpochs(epochs(start.epochs()))
                .withPruneTo(Objects.requireNonNullElse(pruneTo, start.pruneTo()))
                .withSampling(sampling.withPatch(Objects.requireNonNullElse(patch, sampling.patch()))
                        .withPatches(Objects.requireNonNullElse(patches, sampling.patches()))
                        .withBatch(batch(sampling.batch())));
    }

    public final List<Integer> branching(List<Integer> usual) {
        return branching == null ? usual : branching;
    }

    /** The units that were given, those of a tree that was given, or the usual number. */
    public final int units(int usual) {
        if (units != null) {
            return units;
        }
        return branching == null
                ? usual
                : Tree.branching(branching.stream().mapToInt(n -> n).toArray()).size();
    }

    /** Loads and whitens the images, and cuts patches. */
    public final NaturalPatches patches(PatchSampling sampling) throws IOException {
        return NaturalPatches.of(photographs(), sampling, seed());
    }
}
