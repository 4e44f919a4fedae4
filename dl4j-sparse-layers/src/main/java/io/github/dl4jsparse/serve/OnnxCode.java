package io.github.dl4jsparse.serve;

import java.util.function.UnaryOperator;

/**
 * What a step is to shrink.
 *
 * @param value    in the order of the wiring
 * @param together the number of units that are shrunk together
 */
record OnnxCode(OnnxValue value, OnnxWiring wiring, int together) {
    OnnxGraph graph() {
        return value.graph();
    }

    /** The result of a function of the units that are shrunk together, which lie along the last axis meanwhile. */
    OnnxValue ofRows(UnaryOperator<OnnxValue> function) {
        return wiring.code(function.apply(wiring.rows(value, together)));
    }

    /** The result of a function of the code and a number for each unit. */
    OnnxValue ofUnits(double[] numbers, OfUnits function) {
        return numbers.length == wiring.units()
                ? function.of(value, wiring.perUnit(numbers))
                : ofRows(rows -> function.of(rows, graph().constant(numbers, numbers.length)));
    }

    /** A function of a code and a number for each unit, which goes with the code. */
    @FunctionalInterface
    interface OfUnits {
        OnnxValue of(OnnxValue code, OnnxValue numbers);
    }
}
