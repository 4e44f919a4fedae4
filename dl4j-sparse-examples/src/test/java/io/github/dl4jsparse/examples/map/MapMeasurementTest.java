package io.github.dl4jsparse.examples.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.diagnostics.ColumnSpacing;
import io.github.dl4jsparse.diagnostics.MapGrid;
import io.github.dl4jsparse.diagnostics.OrientationDifference;
import io.github.dl4jsparse.diagnostics.OrientationMap;
import io.github.dl4jsparse.diagnostics.PinwheelBaseline;
import io.github.dl4jsparse.diagnostics.PinwheelSupport;
import io.github.dl4jsparse.examples.run.ResultJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MapMeasurementTest {
    private static final int SIDE = 4;
    private static final int KERNEL = 7;

    /** A map whose units have stripes of the given directions, or white noise where NaN. */
    private static MapMeasurement map(double[] directions) {
        INDArray filters = Nd4j.create(DataType.FLOAT, KERNEL * KERNEL, SIDE * SIDE);
        INDArray noise = Nd4j.rand(DataType.FLOAT, filters.shape()).subi(0.5);
        for (int unit = 0; unit < SIDE * SIDE; unit++) {
            for (int at = 0; at < KERNEL * KERNEL; at++) {
                double along = Math.cos(directions[unit]) * (at % KERNEL) + Math.sin(directions[unit]) * (at / KERNEL);
                filters.putScalar(
                        at, unit, Double.isNaN(directions[unit]) ? noise.getDouble(at, unit) : Math.sin(1.5 * along));
            }
        }
        OrientationMap map = OrientationMap.of(MapGrid.torus(SIDE, SIDE), filters, KERNEL, KERNEL);
        return new MapMeasurement(
                filters,
                map,
                map.field(),
                PinwheelSupport.of(map.field(), MapMeasurement.SMOOTHING, 99, 1),
                ColumnSpacing.of(map.field(), 99, 1),
                PinwheelBaseline.of(map.field(), MapMeasurement.SMOOTHING, 99, 1),
                map.difference(OrientationDifference.PERMUTATIONS, 1),
                new double[] {0.5},
                0.5);
    }

    private static double[] directions(int oriented) {
        double[] directions = new double[SIDE * SIDE];
        for (int unit = 0; unit < directions.length; unit++) {
            directions[unit] = unit < oriented ? 0.3 * unit : Double.NaN;
        }
        return directions;
    }

    @Test
    void aMapWithoutOrientedNeighboursSaysSo() {
        Nd4j.getRandom().setSeed(5);
        MapMeasurement.Numbers numbers = map(directions(1)).numbers(4.35565506);
        assertEquals("too few oriented neighbours", numbers.neighbours());
        assertEquals(0, numbers.pinwheels());
        Map<String, Object> keys = ResultJson.keys(numbers);
        assertNull(keys.get("neighbourOrientationRatio"));
        assertEquals("too few oriented neighbours", keys.get("neighbourOrientationRemark"));
        assertEquals(4.4, keys.get("seconds"));
    }

    @Test
    void aMapWithOrientedNeighboursHasARatio() {
        Nd4j.getRandom().setSeed(5);
        MapMeasurement.Numbers numbers = map(directions(SIDE * SIDE)).numbers(1);
        assertTrue(numbers.neighbourOrientationRatio() > 0, numbers.toString());
        assertTrue(numbers.neighbours().startsWith("neighbours differ "), numbers.neighbours());
        assertTrue(ResultJson.keys(numbers).containsKey("neighbourOrientationRemark"));
        assertNull(ResultJson.keys(numbers).get("neighbourOrientationRemark"));
    }
}
