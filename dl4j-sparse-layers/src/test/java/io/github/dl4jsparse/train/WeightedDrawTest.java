package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightedDrawTest {
    /** Row i is i + 1 at position i. */
    private static final INDArray ROWS = Nd4j.diag(Nd4j.createFromArray(1.0, 2, 3, 4));

    private static INDArray draw(int wanted, long seed, double... weights) {
        WeightedDraw draw = new WeightedDraw(wanted, seed);
        for (int i = 0; i < weights.length; i++) {
            draw.offer(weights[i], ROWS, i);
        }
        return draw.directions();
    }

    @Test
    void rowsAreDrawnInProportionToTheirWeights() {
        int draws = 4000;
        INDArray counts = Nd4j.zeros(DataType.DOUBLE, 1, 4);
        for (int seed = 0; seed < draws; seed++) {
            counts.addi(draw(1, seed, 1, 2, 0, 7));
        }
        double[] expected = {0.1, 0.2, 0, 0.7};
        for (int i = 0; i < 4; i++) {
            double deviation = Math.sqrt(draws * expected[i] * (1 - expected[i]));
            assertEquals(draws * expected[i], counts.getDouble(i), 4 * deviation);
        }
    }

    @Test
    void noRowIsDrawnTwiceAndAllHaveNormOne() {
        for (int seed = 0; seed < 50; seed++) {
            INDArray sum = draw(3, seed, 1, 1e6, 1, 1).sum(0);
            assertEquals(3, sum.sumNumber().doubleValue(), 1e-12);
            assertEquals(1, sum.maxNumber().doubleValue(), 1e-12);
            assertEquals(1, sum.getDouble(1), 1e-12);
        }
        assertEquals(draw(2, 5, 1, 2, 3, 4), draw(2, 5, 1, 2, 3, 4));
    }

    @Test
    void rowsWithoutWeightAreNotEnough() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> draw(2, 1, 0, Double.NaN, Double.POSITIVE_INFINITY, 1))
                .getMessage();
        assertEquals(
                "data must be at least 2 finite inputs that are not blank and that the layer does not reconstruct perfectly,"
                        + " got 1: 0 were blank or not finite, 3 reconstructed perfectly or not finite",
                message);
        assertThrows(IllegalArgumentException.class, () -> new WeightedDraw(0, 1));
    }

    @Test
    void batchesAreNotKept() {
        INDArray batch = Samples.gaussian(1, 1, 4);
        INDArray expected = batch.div(batch.norm2Number());
        WeightedDraw draw = new WeightedDraw(1, 1);
        draw.offer(1, batch, 0);
        batch.assign(0);
        INDArray found = draw.directions();
        assertEquals(0, Samples.distance(expected, found), 1e-12);
        assertTrue(found.isMatrix() || found.rows() == 1);
    }

    @Test
    void rowsWithoutADirectionAreNeverDrawn() {
        INDArray rows = Samples.gaussian(1, 6, 4);
        rows.getRow(0).assign(0);
        rows.putScalar(1, 2, Double.NaN);
        rows.putScalar(2, 2, Double.NEGATIVE_INFINITY);
        rows.getRow(3).muli(1e-200);
        for (int seed = 0; seed < 20; seed++) {
            WeightedDraw draw = new WeightedDraw(3, seed);
            for (int i = 0; i < 6; i++) {
                draw.offer(i < 3 ? 1e6 : 1, rows, i);
            }
            INDArray directions = draw.directions();
            assertEquals(0, Samples.distance(directions.norm2(1), Nd4j.ones(DataType.DOUBLE, 3)), 1e-12);
        }
        WeightedDraw blank = new WeightedDraw(1, 1);
        blank.offer(1, rows, 0);
        assertThrows(IllegalArgumentException.class, blank::directions);
    }
}
