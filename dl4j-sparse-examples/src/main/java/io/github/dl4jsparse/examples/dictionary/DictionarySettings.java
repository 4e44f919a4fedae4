package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.data.PatchSampling;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.IndependentUnits;
import io.github.dl4jsparse.examples.patch.PatchSchedule;
import io.github.dl4jsparse.examples.patch.UnitGroups;
import io.github.dl4jsparse.examples.patch.UnitMap;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.List;
import java.util.Locale;
import lombok.With;

/**
 * Everything that decides what dictionary is learned, apart from data and seed.
 *
 * @param penalty   how the units of the code belong together
 * @param branching children of a node of the tree at each level, from the root on; empty for other penalties
 * @param units     of the code, the filters of the dictionary
 * @param lambda    weight of the penalty beside 1/2 |x - D z|^2
 * @param schedule  of the training
 */
@With
record DictionarySettings(Kind penalty, List<Integer> branching, int units, double lambda, PatchSchedule schedule) {

    /** The penalties, each with the settings that suit it. */
    enum Kind {
        L1(List.of(), 144, 0.8, 0.5, 5000, 2000),
        GROUP(List.of(), 144, 1.5, 0.5, 3000, 2000),
        TOPOGRAPHIC(List.of(), 144, 0.3, 1, 800, 100),
        TREE(List.of(8, 3, 2), 81, 0.8, 0.5, 3000, 1000);

        private static final int EPOCHS = 20;
        private static final int PATCH = 12;
        private static final int BATCH = 100;

        private final List<Integer> branching;
        private final int units;
        private final double lambda;
        private final double learningRate;
        private final int patches;
        private final int heldOut;

        Kind(List<Integer> branching, int units, double lambda, double learningRate, int patches, int heldOut) {
            this.branching = branching;
            this.units = units;
            this.lambda = lambda;
            this.learningRate = learningRate;
            this.patches = patches;
            this.heldOut = heldOut;
        }

        /** Three minutes at most. */
        DictionarySettings settings() {
            PatchSampling sampling = new PatchSampling(PATCH, patches, BATCH, heldOut);
            return new DictionarySettings(
                    this, branching, units, lambda, new PatchSchedule(learningRate, EPOCHS, sampling, 1));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    DictionarySettings {
        Args.atLeast("--units", units, 1);
        Args.nonNegative("--lambda", lambda);
        branching = List.copyOf(branching);
    }

    /** A tree that is twice too large, to be pruned. */
    static DictionarySettings twiceTooLarge() {
        DictionarySettings tree = Kind.TREE.settings();
        PatchSampling fewer = tree.schedule().sampling().withPatches(2000);
        return tree.withBranching(List.of(10, 5, 2))
                .withUnits(161)
                .withLambda(2)
                .withSchedule(tree.schedule().withEpochs(16).withSampling(fewer).withPruneTo(0.5));
    }

    /**
     * The structure of the code.
     *
     * @throws IllegalArgumentException if the units do not fit it
     */
    CodeStructure structure() {
        return switch (penalty) {
            case L1 -> new IndependentUnits(units);
            case GROUP -> new UnitGroups(units);
            case TOPOGRAPHIC -> new UnitMap(units);
            case TREE -> UnitTree.of(units, branching.stream().mapToInt(n -> n).toArray());
        };
    }

    /** Side of a patch in pixels. */
    int patch() {
        return schedule.sampling().patch();
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT, "penalty %s, lambda %s, %d units, %s", penalty, lambda, units, schedule.summary());
    }
}
