package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.IndependentUnits;
import io.github.dl4jsparse.examples.patch.PatchSettings;
import io.github.dl4jsparse.examples.patch.UnitGroups;
import io.github.dl4jsparse.examples.patch.UnitMap;
import io.github.dl4jsparse.examples.patch.UnitTree;
import io.github.dl4jsparse.internal.check.Args;
import java.util.Locale;
import picocli.CommandLine.Option;

/** All that decides what {@code dictionary} learns: a penalty, and single values in place of those that suit it. */
final class DictionarySettings extends PatchSettings {
    @Option(
            names = "--penalty",
            paramLabel = "NAME",
            defaultValue = "l1",
            description = "${COMPLETION-CANDIDATES}: units on their own, in fours, on a map, in a tree "
                    + "(default: ${DEFAULT-VALUE}).")
    private Kind penalty;

    @Option(
            names = "--encoder",
            description =
                    "Train encoders of 1, 3 and 5 steps to predict the codes of the dictionary, and compare them with "
                            + "the solver.")
    private boolean encoder;

    /** The penalties, sections of the presets file. */
    enum Kind {
        L1,
        GROUP,
        TOPOGRAPHIC,
        TREE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range, or the units do not fit the structure */
    @Override
    public void check() {
        complete(penalty, penalty == Kind.TREE, "--penalty");
        super.check();
        Args.atLeast("--units", units(), 1);
        structure();
    }

    /** How encoders are trained; null for none. */
    EncoderSchedule encoders() {
        return encoder ? EncoderSchedule.usual(quick()) : null;
    }

    /** How the units of the code belong together. */
    Kind penalty() {
        return penalty;
    }

    /**
     * The structure of the code.
     *
     * @throws IllegalArgumentException if the units do not fit it
     */
    CodeStructure structure() {
        return switch (penalty) {
            case L1 -> new IndependentUnits(units());
            case GROUP -> new UnitGroups(units());
            case TOPOGRAPHIC -> new UnitMap(units());
            case TREE ->
                UnitTree.of(units(), branching().stream().mapToInt(n -> n).toArray());
        };
    }

    /** A line for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "penalty %s, lambda %s, %d units, %s",
                penalty,
                lambda(),
                units(),
                schedule().summary());
    }
}
