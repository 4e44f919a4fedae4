package io.github.dl4jsparse.serve;

/**
 * The thresholds of a step: \( \theta = t_0 + t_1 \sigma \).
 *
 * @param fixed  t0, one per unit, one per group or a single one
 * @param slopes t1; null without a noise level
 * @param level  sigma, {@code [batch, 1, 1, 1]}; null likewise
 */
record OnnxThresholds(double[] fixed, double[] slopes, OnnxValue level) {
    /** Thresholds of units as a value that is broadcast to codes of a wiring. */
    OnnxValue perUnit(OnnxWiring wiring) {
        OnnxValue own = wiring.perUnit(fixed);
        return slopes == null ? own : own.plus(level.times(wiring.perUnit(slopes)));
    }

    /**
     * Thresholds along the last axis.
     *
     * @param rows to which they are broadcast, of rank 2 or 4
     */
    OnnxValue along(OnnxValue rows) {
        OnnxValue own = rows.graph().constant(fixed, fixed.length);
        if (slopes == null) {
            return own;
        }
        OnnxValue sigma = rows.rank() == 2 ? level.reshaped(1) : level;
        return own.plus(sigma.times(rows.graph().constant(slopes, slopes.length)));
    }
}
