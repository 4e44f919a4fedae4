package io.github.dl4jsparse.examples;

import io.github.dl4jsparse.check.Args;
import io.github.dl4jsparse.examples.DictionarySettings.Kind;
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

    /**
     * The penalty's settings with the values that were given.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the units do not fit the structure
     */
    DictionarySettings settings() {
        if (branchingGiven() && penalty != Kind.TREE) {
            throw Args.failure("--branching", "given with --penalty tree only", "--penalty " + penalty);
        }
        if (pruned() && penalty != Kind.TREE) {
            throw Args.failure("--prune", "given with --penalty tree only", "--penalty " + penalty);
        }
        DictionarySettings usual = pruned() ? DictionarySettings.twiceTooLarge() : penalty.settings();
        usual = quick() ? usual.quick() : usual;
        DictionarySettings s = usual.withBranching(branching(usual.branching()))
                .withUnits(units(usual.units()))
                .withSampling(sampling(usual.sampling()))
                .withLambda(lambda(usual.lambda()))
                .withEpochs(epochs(usual.epochs()))
                .withPruneTo(pruneTo(usual.pruneTo()))
                .withLearningRate(learningRate(usual.learningRate()));
        s.structure();
        return s;
    }
}
