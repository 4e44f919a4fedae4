package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StrongestUnitsTest {
    @Test
    void unitsOfExamplesByHand() {
        INDArray codes = Nd4j.createFromArray(new float[][] {{1, 0, -3, 2}, {0, 0, 0, 0}, {2, -2, 0, 0}});
        assertEquals(
                List.of(
                        List.of(new UnitResponse(0, 2, 0, 0, -3), new UnitResponse(0, 3, 0, 0, 2)),
                        List.of(),
                        List.of(new UnitResponse(2, 0, 0, 0, 2), new UnitResponse(2, 1, 0, 0, -2))),
                StrongestUnits.of(codes, 2));
    }

    /** Two maps of 2 x 3 positions; the strongest position of each counts. */
    @Test
    void mapsCountAtTheirStrongestPlace() {
        INDArray codes = Nd4j.zeros(1, 2, 2, 3);
        codes.putScalar(new int[] {0, 0, 1, 2}, -5);
        codes.putScalar(new int[] {0, 0, 0, 1}, 4);
        codes.putScalar(new int[] {0, 1, 0, 2}, 6);
        List<List<UnitResponse>> expected =
                List.of(List.of(new UnitResponse(0, 1, 0, 2, 6), new UnitResponse(0, 0, 1, 2, -5)));
        assertEquals(expected, StrongestUnits.of(codes, 5));
        assertEquals(expected, StrongestUnits.of(codes.permute(0, 2, 3, 1), CNN2DFormat.NHWC, 5));
    }

    @Test
    void refusesWhatIsNoCode() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> StrongestUnits.of(Samples.gaussian(1, 2, 3, 4), 1))
                .getMessage();
        assertTrue(message.contains("codes must be") && message.contains("[2, 3, 4]"), message);
        assertThrows(IllegalArgumentException.class, () -> StrongestUnits.of(Samples.gaussian(1, 2, 3), 0));
        INDArray bad = Samples.gaussian(1, 2, 3).putScalar(1, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> StrongestUnits.of(bad, 1));
    }
}
