package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.examples.data.NaturalPatches;
import io.github.dl4jsparse.examples.data.PatchSampling;
import io.github.dl4jsparse.examples.data.PhotographSettings;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.internal.check.Args;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lombok.Getter;
import lombok.experimental.Accessors;
import picocli.CommandLine.Option;

/** Settings of the commands that learn a dictionary of patches; numbers come from the presets where they are not given. */
@Getter
@Accessors(fluent = true)
public abstract class PatchSettings extends PhotographSettings {
    @Option(names = "--patch", paramLabel = "N", description = "Side of a patch in pixels (default: 12).")
    private int patch;

    @Option(names = "--patches", paramLabel = "N", description = "Patches of an epoch.")
    private int patches;

    @Option(names = "--held-out", paramLabel = "N", description = "Patches to measure on, which are not trained on.")
    private int heldOut;

    @Option(
            names = "--units",
            paramLabel = "N",
            description = "Units of the code: a square for a map, a multiple of 4 for groups; those of a tree follow "
                    + "from --branching.")
    private int units;

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
    private double pruneTo;

    /**
     * Completes the settings: those of a kind of code, then those of pruning and of a quick run.
     *
     * @param kind   a section of the presets
     * @param tree   whether the units are a tree
     * @param option by which the kind is chosen
     * @throws IllegalArgumentException if there are options of trees and it is none
     */
    protected final void complete(Object kind, boolean tree, String option) {
        boolean pruned = prune || isGiven("--prune-to");
        if (!tree && (isGiven("--branching") || pruned)) {
            throw Args.failure(
                    pruned ? "--prune" : "--branching", "given with " + option + " tree only", option + " " + kind);
        }
        List<String> sections = new ArrayList<>(List.of("all", kind.toString()));
        if (pruned) {
            sections.add("pruned");
        }
        if (quick()) {
            sections.addAll(List.of("short", "short-" + kind));
        }
        complete(sections.toArray(String[]::new));
        if (isGiven("--branching") && !isGiven("--units")) {
            units = Tree.branching(branching.stream().mapToInt(n -> n).toArray())
                    .size();
        }
    }

    /** The schedule of the training. */
    public final PatchSchedule schedule() {
        return new PatchSchedule(
                learningRate(), epochs(), new PatchSampling(patch, patches, batch(), heldOut), pruneTo);
    }

    @Override
    public void check() {
        super.check();
        schedule();
    }

    /** Loads and whitens the images, and cuts patches. */
    public final NaturalPatches patches(long seed) throws IOException {
        return NaturalPatches.of(photographs(), schedule().sampling(), seed);
    }
}
