package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.examples.patch.TreePruningMeasurement;
import java.util.Locale;

/** What a run of {@code inhibition} found, in a sentence for each structure. */
final class InhibitionClaim {
    private static final double SIGNIFICANT = 0.05;

    private InhibitionClaim() {}

    static String of(InhibitionResult result) {
        return switch (result.settings().structure()) {
            case TREE -> tree(result.measured()) + pruning(result);
            case ANNULUS -> neighbours(result.measured(), "map");
            case RING -> neighbours(result.measured(), "ring");
            case LEARNED -> learned(result);
        };
    }

    private static String tree(InhibitionMeasurement m) {
        if (Double.isNaN(m.chainFraction()) || Double.isNaN(m.chainFractionControl())) {
            return "Nothing can be said about the tree: no code of the held-out patches has two active units, with the tree or with S"
                    + " shuffled.";
        }
        boolean higher = m.chainFraction() > m.chainFractionControl();
        boolean held = higher && m.chainFractionP() < SIGNIFICANT;
        return String.format(
                Locale.ROOT,
                "%.1f %% of the active units of a code are on one path of the tree, %.1f %% where the entries of S were between"
                        + " units at random (sign test over patches, %s): codes %s.",
                100 * m.chainFraction(),
                100 * m.chainFractionControl(),
                p(m.chainFractionP()),
                held ? "follow the tree" : "do not follow the tree beyond chance");
    }

    private static String pruning(InhibitionResult result) {
        TreePruningMeasurement pruned = result.pruned();
        if (pruned == null) {
            return "";
        }
        boolean better = pruned.energyRetrained() < Math.min(pruned.energySameShape(), pruned.energyRegular());
        return String.format(
                Locale.ROOT,
                " Pruned from %d to %d units and trained on, the energy of a patch is %.3f (%.3f with all units); trees of that size"
                        + " trained from the start have %.3f in the same shape and %.3f in a regular one: in this run pruning is %s.",
                pruned.unitsBefore(),
                pruned.unitsAfter(),
                pruned.energyRetrained(),
                pruned.energyBefore(),
                pruned.energySameShape(),
                pruned.energyRegular(),
                better ? "better than both" : "not better than both");
    }

    private static String neighbours(InhibitionMeasurement m, String structure) {
        boolean held = m.neighbourSimilarityRatio() > 1 && m.neighbourSimilarityP() < SIGNIFICANT;
        return String.format(
                Locale.ROOT,
                "Filters of neighbours on the %s are %.2f times as alike as those of any two units (%s among random arrangements"
                        + " of the same filters, in which it is 1 on average): the %s %s ordered.",
                structure,
                m.neighbourSimilarityRatio(),
                p(m.neighbourSimilarityP()),
                structure,
                held ? "is" : "is not");
    }

    private static String learned(InhibitionResult result) {
        InhibitionMeasurement m = result.measured();
        LearnedMeasurement effect = result.effect();
        String planted = String.format(
                Locale.ROOT,
                "The learned S tells which pairs of units inhibit each other in a planted %s with an area under the ROC curve of"
                        + " %.3f (0.5 is chance). ",
                result.settings().planted(),
                m.zeroRecoveryAuc());
        if (Double.isNaN(m.coActivationInsideZeros()) || Double.isNaN(m.coActivationOutsideZeros())) {
            return planted + "Of photographs it has not separated any pairs: all entries are zero, or none is.";
        }
        boolean held =
                m.coActivationInsideZeros() > m.coActivationOutsideZeros() && effect.coActivationP() < SIGNIFICANT;
        return planted
                + String.format(
                        Locale.ROOT,
                        "On photographs pairs that it leaves alone are active together in %.2f %% of the patches, pairs that it"
                                + " inhibits in %.2f %% (%.2f %% and %.2f %% with its units shuffled; permutation test, %s): it %s"
                                + " the pairs by who is active with whom.",
                        100 * m.coActivationInsideZeros(),
                        100 * m.coActivationOutsideZeros(),
                        100 * effect.coActivationInsideZerosControl(),
                        100 * effect.coActivationOutsideZerosControl(),
                        p(effect.coActivationP()),
                        held ? "separates" : "does not separate");
    }

    private static String p(double value) {
        return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
    }
}
