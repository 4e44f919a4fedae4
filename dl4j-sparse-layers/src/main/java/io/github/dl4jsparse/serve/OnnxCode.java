package io.github.dl4jsparse.serve;

import java.util.function.BinaryOperator;

/**
 * The argument of the shrinkage of a step.
 *
 * @param value    in the order of the wiring
 * @param together the number of units that are shrunk together
 */
record OnnxCode(OnnxValue value, OnnxWiring wiring, int together, OnnxThresholds thresholds) {
    /**
     * The result of a function of thresholds and the units that are shrunk together, which are moved to the last axis
     * for it.
     */
    OnnxValue ofRows(BinaryOperator<OnnxValue> function) {
        OnnxValue rows = wiring.rows(value, together);
        return wiring.code(function.apply(rows, thresholds.along(rows)));
    }

    /** The result of a function of each unit and its threshold. */
    OnnxValue ofUnits(BinaryOperator<OnnxValue> function) {
        return thresholds.fixed().length == wiring.units()
                ? function.apply(value, thresholds.perUnit(wiring))
                : ofRows(function);
    }
}
