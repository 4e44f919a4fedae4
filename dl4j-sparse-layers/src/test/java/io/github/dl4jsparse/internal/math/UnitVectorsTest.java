package io.github.dl4jsparse.internal.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class UnitVectorsTest {
    /** The entry of a unit vector in 40 digits, where nothing over- or underflows. */
    static double oracle(INDArray vector, int index) {
        MathContext digits = new MathContext(40);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < vector.length(); i++) {
            BigDecimal value = new BigDecimal(vector.getDouble(i));
            sum = sum.add(value.multiply(value, digits), digits);
        }
        return new BigDecimal(vector.getDouble(index))
                .divide(sum.sqrt(digits), digits)
                .doubleValue();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT,1", "FLOAT,1e19", "FLOAT,3e37", "FLOAT,1e-20", "FLOAT,1e-37",
        "DOUBLE,1", "DOUBLE,1e200", "DOUBLE,1e307", "DOUBLE,1e-200", "DOUBLE,1e-306"
    })
    void anyMagnitude(DataType type, double scale) {
        INDArray x = Samples.gaussian(1, 3, 5).mul(scale).castTo(type);
        INDArray rows = x.dup();
        INDArray columns = x.dup('f');
        assertSame(rows, UnitVectors.rows(rows));
        assertSame(columns, UnitVectors.columns(columns));
        double tolerance = type == DataType.FLOAT ? 1e-6 : 1e-14;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 5; j++) {
                assertEquals(oracle(x.getRow(i).dup(), j), rows.getDouble(i, j), tolerance);
                assertEquals(oracle(x.getColumn(j).dup(), i), columns.getDouble(i, j), tolerance);
            }
        }
    }

    @Test
    void largeNextToSmallNextToZero() {
        INDArray x = Nd4j.create(new float[][] {{2e19f, 1e19f}, {0, 0}, {3e-25f, -4e-25f}, {3, 4}});
        INDArray expected =
                Nd4j.create(new double[][] {{2 / Math.sqrt(5), 1 / Math.sqrt(5)}, {0, 0}, {0.6, -0.8}, {0.6, 0.8}});
        assertEquals(0, Samples.distance(expected, UnitVectors.rows(x).castTo(DataType.DOUBLE)), 1e-6);
    }

    @Test
    void aViewIsScaledInPlaceAndWhatIsAroundItIsNot() {
        for (double scale : new double[] {1, 1e-25}) {
            INDArray whole = Samples.gaussian(2, 4, 6).mul(scale).castTo(DataType.FLOAT);
            INDArray before = whole.dup();
            UnitVectors.columns(whole.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(2, 5)));
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 6; j++) {
                    boolean inside = i >= 1 && i < 3 && j >= 2 && j < 5;
                    double expected = !inside
                            ? before.getDouble(i, j)
                            : before.getDouble(i, j) / Math.hypot(before.getDouble(1, j), before.getDouble(2, j));
                    assertEquals(expected, whole.getDouble(i, j), inside ? 1e-6 : 0);
                }
            }
        }
    }

    @Test
    void onlyMatrices() {
        assertThrows(IllegalArgumentException.class, () -> UnitVectors.rows(Nd4j.ones(2, 3, 4)));
    }
}
