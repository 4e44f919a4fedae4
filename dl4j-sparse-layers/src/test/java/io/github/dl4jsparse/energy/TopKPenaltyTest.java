package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TopKPenaltyTest {
    /** The contract, where it holds for a penalty that is not convex and has no finite values but 0. */
    private abstract static class Laws extends PenaltyContract {
        @Override
        protected Penalty otherPenalty() {
            return new TopKPenalty(3);
        }

        @Override
        protected INDArray inDomain(INDArray codes) {
            return ((Proximal) penalty()).prox(codes, 1);
        }

        /** An indicator: 0 where codes are allowed, else infinite. */
        @Override
        @Test
        protected void valueIsPositiveAwayFromZeroAndZeroAtZero() {
            assertEquals(0, penalty().value(codes(1)));
            assertEquals(Double.POSITIVE_INFINITY, penalty().value(Samples.gaussian(1, 3, 6)));
            assertEquals(0, penalty().value(Nd4j.zeros(2, 6)));
        }

        /** The penalty jumps: there are no finite differences, and the gradient is zero. */
        @Override
        @Test
        protected void gradientAgreesWithFiniteDifferences() {
            INDArray gradient = Samples.gaussian(2, 3, 6);
            penalty().addGradient(codes(1), 1, gradient);
            assertEquals(0, Samples.distance(Samples.gaussian(2, 3, 6), gradient));
        }

        /** The allowed codes are not convex: near a tie two close points have projections far apart. */
        @Override
        @Test
        protected void proxIsNonExpansive() {
            INDArray a = new TopKPenalty(1).prox(Nd4j.create(new double[][] {{1, 0.999}}), 1);
            INDArray b = new TopKPenalty(1).prox(Nd4j.create(new double[][] {{0.999, 1}}), 1);
            assertTrue(a.distance2(b) > 1.4);
        }
    }

    @Nested
    class EitherSign extends Laws {
        @Override
        protected Penalty penalty() {
            return new TopKPenalty(2);
        }
    }

    @Nested
    class NonNegative extends Laws {
        @Override
        protected Penalty penalty() {
            return new TopKPenalty(2).asNonNegative();
        }

        @Test
        void negativeUnitsAreForbidden() {
            INDArray codes = Nd4j.create(new double[][] {{-1, 2, 0, 0, 0, 0}});
            assertEquals(Double.POSITIVE_INFINITY, penalty().value(codes));
            INDArray expected = Nd4j.create(new double[][] {{0, 2, 0, 0, 0, 0}});
            assertEquals(expected, ((Proximal) penalty()).prox(codes, 1));
        }
    }

    @Test
    void ofEqualMagnitudesTheFirstStay() {
        INDArray codes = Nd4j.create(new double[][] {{1, -2, 2, -1, 1}, {0, 0, 0, 0, 0}, {3, 3, -3, 3, 3}});
        INDArray expected = Nd4j.create(new double[][] {{1, -2, 2, 0, 0}, {0, 0, 0, 0, 0}, {3, 3, -3, 0, 0}});
        assertEquals(0, Samples.distance(expected, new TopKPenalty(3).prox(codes, 1)));
    }

    @Test
    void proxIsTheNearestOfAllSupports() {
        INDArray drives = Samples.gaussian(3, 50, 5);
        double[][] points = new TopKPenalty(2).prox(drives.dup(), 1).toDoubleMatrix();
        double[][] all = drives.toDoubleMatrix();
        for (int row = 0; row < 50; row++) {
            double least = Double.POSITIVE_INFINITY;
            for (int support = 0; support < 32; support++) {
                if (Integer.bitCount(support) == 2) {
                    double distance = 0;
                    for (int i = 0; i < 5; i++) {
                        distance += (support >> i & 1) == 1 ? 0 : all[row][i] * all[row][i];
                    }
                    least = Math.min(least, distance);
                }
            }
            double reached = 0;
            for (int i = 0; i < 5; i++) {
                reached += Math.pow(points[row][i] - all[row][i], 2);
            }
            assertEquals(least, reached, 1e-14);
        }
    }

    @Test
    void asManyUnitsAsThereAreChangeNothing() {
        assertEquals(
                0, Samples.distance(Samples.gaussian(1, 3, 4), new TopKPenalty(4).prox(Samples.gaussian(1, 3, 4), 1)));
    }

    @Test
    void subdifferentialIsTheNormalCone() {
        INDArray points = Nd4j.create(new double[][] {{3, 4, 5}, {3, 4, 5}, {3, 4, 5}});
        INDArray codes = Nd4j.create(new double[][] {{1, 1, 0}, {1, 0, 0}, {1, 1, 1}});
        INDArray distances = new TopKPenalty(2).subdifferentialDistance(codes, points);
        assertEquals(5, distances.getDouble(0), 1e-15);
        assertEquals(Math.sqrt(50), distances.getDouble(1), 1e-14);
        assertEquals(Double.POSITIVE_INFINITY, distances.getDouble(2));
    }

    @Test
    void noUnitsAtAllAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new TopKPenalty(0))
                .getMessage();
        assertEquals("k must be at least 1, got 0", message);
    }
}
