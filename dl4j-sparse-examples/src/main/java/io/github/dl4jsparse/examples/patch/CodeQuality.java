package io.github.dl4jsparse.examples.patch;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterOrientation;
import io.github.dl4jsparse.diagnostics.LayerMeasurement;
import java.util.Locale;

/**
 * How well codes describe held-out patches, whatever the penalty; its names are keys of {@code result.json}.
 *
 * @param energy            mean per patch
 * @param certificate       of the worst patch: how far its code may be from the minimum
 * @param certificateKind   what that number is
 * @param converged         whether every code reached the solver's tolerance
 * @param explainedVariance 1 - |x - D z|^2 / |x - m|^2 over all patches, where m is their mean
 * @param meanActiveUnits   of a patch
 * @param deadUnits         active for no patch
 * @param orientedFraction  share of filters with a clear orientation
 */
public record CodeQuality(
        double energy,
        double certificate,
        String certificateKind,
        boolean converged,
        double explainedVariance,
        double meanActiveUnits,
        int deadUnits,
        double orientedFraction) {

    /** @param patch side of a patch in pixels */
    public static CodeQuality of(HeldOutCodes codes, int patch) {
        CodeStatistics units = CodeStatistics.of(codes.codes());
        return new CodeQuality(
                codes.meanEnergy(),
                codes.solution().worst(),
                codes.solution().certificate().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                codes.solution().converged(),
                LayerMeasurement.explainedVariance(codes.patches(), codes.reconstructions()),
                units.meanActiveUnits(),
                units.deadUnits(),
                FilterOrientation.of(codes.dictionary(), patch, patch).orientedFraction());
    }

    /** A line for people. */
    public String summary(HeldOutCodes codes) {
        return String.format(
                Locale.ROOT,
                "Energy %.3f a patch, %.1f %% of the variance explained (%d held-out patches)%n"
                        + "Solver: %s, %s at most %.2g%n"
                        + "Units: %.1f of %d active on average; %d dead; %.1f %% of the filters oriented",
                energy,
                100 * explainedVariance,
                codes.patches().size(0),
                converged ? "converged" : "not converged",
                certificateKind,
                certificate,
                meanActiveUnits,
                codes.dictionary().size(1),
                deadUnits,
                100 * orientedFraction);
    }
}
