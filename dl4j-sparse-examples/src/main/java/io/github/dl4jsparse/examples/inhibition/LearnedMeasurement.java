package io.github.dl4jsparse.examples.inhibition;

import io.github.dl4jsparse.diagnostics.CoActivation;
import io.github.dl4jsparse.examples.run.Shuffles;
import io.github.dl4jsparse.group.InhibitionMatrix;
import java.util.Locale;
import java.util.Random;

/**
 * What a learned inhibition does to who fires with whom, on held-out patches; its names are keys of {@code result.json}.
 *
 * @param coActivationInsideZerosControl  co-activation of the pairs that S leaves alone, in codes of the same dictionary under an S whose
 *                                        units were shuffled
 * @param coActivationOutsideZerosControl the same of the pairs that S inhibits
 * @param coActivationP                   share of the ways to shuffle the units of S in which the pairs it leaves alone fire together so
 *                                        much more than those it inhibits as they do for the S that was learned, the codes being the same
 * @param growingBefore                   co-activation before an epoch of the pairs whose inhibition grows in it, a mean over all epochs
 * @param growingAfter                    of the same pairs after that epoch
 * @param fallingBefore                   co-activation before an epoch of the pairs whose inhibition falls in it
 * @param fallingAfter                    of the same pairs after that epoch
 */
record LearnedMeasurement(
        double coActivationInsideZerosControl,
        double coActivationOutsideZerosControl,
        double coActivationP,
        double growingBefore,
        double growingAfter,
        double fallingBefore,
        double fallingAfter) {
    private static final int SHUFFLES = 999;

    /** @param codes with the S that was learned */
    static LearnedMeasurement of(InhibitionCodes codes, InhibitionSettings s, CoFiringHistory history, long seed) {
        Random random = new Random(seed);
        InhibitionMatrix learned = codes.inhibition();
        CoActivation shuffled = CoActivation.of(codes.with(learned.select(Shuffles.of(learned.units(), random)), s)
                .codes());
        CoActivation together = CoActivation.of(codes.codes());
        double gap = gap(together, learned);
        int asWide = 1;
        for (int k = 0; k < SHUFFLES; k++) {
            // not wider where there are no zeros
            asWide += gap(together, learned.select(Shuffles.of(learned.units(), random))) < gap ? 0 : 1;
        }
        return new LearnedMeasurement(
                shuffled.mean(learned, true),
                shuffled.mean(learned, false),
                asWide / (SHUFFLES + 1.0),
                history.before(true),
                history.after(true),
                history.before(false),
                history.after(false));
    }

    private static double gap(CoActivation together, InhibitionMatrix inhibition) {
        return together.mean(inhibition, true) - together.mean(inhibition, false);
    }

    /** A few lines for people. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "With the units of S shuffled: %.3f %% and %.3f %% (p = %.3f)%n"
                        + "Pairs whose inhibition grows in an epoch: %.3f %% before it, %.3f %% after; where it falls: %.3f %%"
                        + " and %.3f %%",
                100 * coActivationInsideZerosControl,
                100 * coActivationOutsideZerosControl,
                coActivationP,
                100 * growingBefore,
                100 * growingAfter,
                100 * fallingBefore,
                100 * fallingAfter);
    }
}
