package io.github.dl4jsparse.nn.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Limits of a learned matrix; {@code SymmetricCappedSimplexTest} tests that the projection is the nearest matrix. */
public class InhibitionConstraintTest {
    private static final InhibitionMatrix MASK = InhibitionMatrix.ring(8, 1, 3, 1);

    private static InhibitionConstraint constraint(InhibitionMatrix mask) {
        return new InhibitionConstraint(8, 1.5, 0.6, mask, Set.of("S"));
    }

    /** Fails unless a matrix is within the limits to 1e-6. */
    public static void assertLimits(INDArray s, double columnSum, double maxEntry, InhibitionMatrix mask) {
        double[][] entries = Samples.rows(s);
        for (int i = 0; i < entries.length; i++) {
            double sum = 0;
            assertEquals(0, entries[i][i]);
            for (int j = 0; j < entries.length; j++) {
                assertEquals(entries[j][i], entries[i][j]);
                assertTrue(entries[i][j] >= 0 && entries[i][j] <= maxEntry * (1 + 1e-7), "entry " + entries[i][j]);
                assertTrue(mask == null || mask.get(i, j) > 0 || entries[i][j] == 0, "a masked entry");
                sum += entries[i][j];
            }
            assertEquals(columnSum, sum, 1e-6, "column " + i);
        }
    }

    @Test
    void projectedMatricesAreWithinTheLimits() {
        for (InhibitionMatrix mask : new InhibitionMatrix[] {null, MASK}) {
            for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
                for (int seed = 0; seed < 20; seed++) {
                    INDArray s = Samples.gaussian(type, seed, 8, 8).muli(0.5);
                    INDArray view = seed % 2 == 0 ? s : s.dup('f');
                    constraint(mask).project(view);
                    assertLimits(view, 1.5, 0.6, mask);
                }
            }
        }
    }

    @Test
    void columnsMayStayBelowABound() throws IOException {
        InhibitionConstraint bound = new InhibitionConstraint(8, 1.5, 0.6, null, true, Set.of("S"));
        INDArray small = Samples.gaussian(1, 8, 8).muli(0.01);
        bound.project(small);
        INDArray large = Samples.gaussian(1, 8, 8).addi(3);
        bound.project(large);
        for (int i = 0; i < 8; i++) {
            assertTrue(small.getColumn(i).sumNumber().doubleValue() < 0.1);
            assertEquals(1.5, large.getColumn(i).sumNumber().doubleValue(), 1e-6);
            assertEquals(0, small.getDouble(i, i));
        }
        assertTrue(small.minNumber().doubleValue() >= 0 && large.maxNumber().doubleValue() <= 0.6);
        String json = NeuralNetConfiguration.mapper().writeValueAsString(bound);
        assertEquals(bound, NeuralNetConfiguration.mapper().readValue(json, LayerConstraint.class), json);
        assertEquals(bound, bound.clone());
        assertNotEquals(bound, constraint(null));
    }

    @Test
    void numbersThatAreNotFiniteAreLeftAlone() {
        INDArray s = Samples.gaussian(1, 8, 8);
        s.putScalar(3, Double.NaN);
        INDArray before = s.dup();
        constraint(null).project(s);
        assertEquals(before.toStringFull(), s.toStringFull());
    }

    @Test
    void jsonRoundTripIsEqual() throws IOException {
        for (InhibitionMatrix mask : new InhibitionMatrix[] {null, MASK}) {
            String json = NeuralNetConfiguration.mapper().writeValueAsString(constraint(mask));
            LayerConstraint back = NeuralNetConfiguration.mapper().readValue(json, LayerConstraint.class);
            assertEquals(constraint(mask), back, json);
            assertEquals(constraint(mask), constraint(mask).clone());
        }
        assertNotEquals(constraint(null), constraint(MASK));
        assertNotEquals(constraint(null), new InhibitionConstraint(8, 1.4, 0.6, null, Set.of("S")));
        assertNotEquals(constraint(null), new InhibitionConstraint(8, 1.5, 0.7, null, Set.of("S")));
        InhibitionConstraint named = constraint(null);
        named.setParams(Set.of("T"));
        assertNotEquals(constraint(null), named);
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void badLimitsAreRefusedByName() {
        refused(
                "column sum must be at most the largest entry 0.2 times the 7 free entries of column 0, got 1.5",
                () -> new InhibitionConstraint(8, 1.5, 0.2, null, Set.of()));
        refused(
                "column sum must be at most the largest entry 0.3 times the 4 free entries of column 0, got 1.5",
                () -> new InhibitionConstraint(8, 1.5, 0.3, MASK, Set.of()));
        refused("column sum must be finite and > 0, got -1.0", () -> LearnedInhibition.ascent(-1, 1));
        refused("largest entry must be finite and > 0, got NaN", () -> LearnedInhibition.descent(1, Double.NaN));
        refused(
                "mask must be for the 8 units, got one for 5",
                () -> new InhibitionConstraint(8, 1, 1, InhibitionMatrix.uniform(5, 1), Set.of()));
        assertThrows(IllegalArgumentException.class, () -> constraint(null).project(Samples.gaussian(1, 8, 7)));
    }
}
