package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.examples.dictionary.DictionarySettings.Kind;
import io.github.dl4jsparse.examples.patch.PatchOptions;
import picocli.CommandLine.Option;

/** The options of {@code dictionary}: a penalty, and single values in place of those that suit it. */
final class DictionaryOptions extends PatchOptions {
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

    /** How encoders are trained; null for none. */
    EncoderSchedule encoder() {
        return encoder ? EncoderSchedule.usual(quick()) : null;
    }

    /**
     * The penalty's settings with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the units do not fit the structure
     */
    DictionarySettings settings() {
        onlyForTrees(penalty == Kind.TREE, "--penalty", penalty);
        DictionarySettings usual = pruned() ? DictionarySettings.twiceTooLarge() : penalty.settings();
        DictionarySettings s = usual.withBranching(branching(usual.branching()))
                .withUnits(units(usual.units()))
                .withLambda(lambda(usual.lambda()))
                .withSchedule(schedule(usual.schedule()));
        s.structure();
        return s;
    }
}
