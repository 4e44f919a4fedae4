package io.github.dl4jsparse.diagnostics;

import java.util.Comparator;

/**
 * The response of one unit of a code to one example.
 *
 * @param example number of the example, from 0 on in the order in which examples came
 * @param unit    number of the unit; of the map in a code of maps
 * @param row     of the position in the map; 0 in a code without maps
 * @param column  of the position in the map; 0 in a code without maps
 * @param value   of the unit, with its sign
 */
public record UnitResponse(long example, int unit, int row, int column, double value) {
    /** The greater magnitude first; of equal ones the earlier example, then the unit of lower index. */
    static final Comparator<UnitResponse> STRONGEST_FIRST = Comparator.comparingDouble(UnitResponse::strength)
            .reversed()
            .thenComparingLong(UnitResponse::example)
            .thenComparingInt(UnitResponse::unit);

    /** The magnitude of the value. */
    public double strength() {
        return Math.abs(value);
    }
}
