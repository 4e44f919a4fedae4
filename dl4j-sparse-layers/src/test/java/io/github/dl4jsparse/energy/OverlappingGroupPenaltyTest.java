package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class OverlappingGroupPenaltyTest extends PenaltyContract {
    private static final double TIGHT = 1e-13;

    @Override
    protected Penalty penalty() {
        return new OverlappingGroupPenalty(0.9, Groups.ring(6, Window.of(3).stride(2)), TIGHT);
    }

    @Override
    protected Penalty otherPenalty() {
        return new OverlappingGroupPenalty(0.9, Groups.ring(6, Window.of(3).stride(2)), 1e-8);
    }

    @Override
    protected Penalty zeroPenalty() {
        return new OverlappingGroupPenalty(0, Groups.ring(6, Window.of(3).stride(2)));
    }

    @Override
    protected double certificateTolerance() {
        return 1e-6;
    }

    @Override
    protected double[] proximalPoint(double[] v, double step) {
        return PolishedProx.of((OverlappingGroupPenalty) penalty(), v, step);
    }

    /** Different weights inside groups, one group inside another, and a unit in no group. */
    @Nested
    class Weighted extends PenaltyContract {
        @Override
        protected Penalty penalty() {
            int[][] members = {{4, 0, 2}, {1, 2}, {2}};
            return new OverlappingGroupPenalty(
                    0.5, Groups.of(6, members, new double[][] {{2.5, 1, 0.3}, {0.3, 1.7}, {0.1}}), TIGHT);
        }

        @Override
        protected Penalty otherPenalty() {
            return new OverlappingGroupPenalty(0.5, Groups.of(6, new int[][] {{4, 0, 2}, {1, 2}, {2}}), TIGHT);
        }

        @Override
        protected double certificateTolerance() {
            return 1e-6;
        }

        @Override
        protected double[] proximalPoint(double[] v, double step) {
            return PolishedProx.of((OverlappingGroupPenalty) penalty(), v, step);
        }
    }

    private static double[][] matrix(JsonNode rows) {
        return new ObjectMapper().convertValue(rows, double[][].class);
    }

    /** Compares with {@code src/test/oracles/overlapping_prox.py}: ADMM on the primal problem. */
    private static void assertAgreesWithOracle(String name, Groups groups) throws IOException {
        JsonNode stored = oracle().get(name);
        OverlappingGroupPenalty penalty =
                new OverlappingGroupPenalty(stored.get("weight").asDouble(), groups, 1e-14);
        INDArray expected = Nd4j.create(matrix(stored.get("codes")));
        INDArray point = penalty.prox(Nd4j.create(matrix(stored.get("drives"))), 1);
        assertEquals(0, Samples.distance(expected, point), 1e-6);
        assertEquals(expected.neq(0), point.neq(0), "zeros");
    }

    private static JsonNode oracle() throws IOException {
        try (InputStream stored =
                OverlappingGroupPenaltyTest.class.getResourceAsStream("/oracles/overlapping_prox.json")) {
            return new ObjectMapper().readTree(stored);
        }
    }

    @Test
    void torusAgreesWithTheOracle() throws IOException {
        assertAgreesWithOracle("torus", Groups.torus(20, 20, Window.of(6).stride(4)));
    }

    @Test
    void gaussianTorusAgreesWithTheOracle() throws IOException {
        assertAgreesWithOracle(
                "gaussianTorus", Groups.torus(20, 20, Window.of(6).stride(4).gaussian(1.5)));
    }

    @Test
    void ringAgreesWithTheOracle() throws IOException {
        assertAgreesWithOracle("ring", Groups.ring(30, Window.of(5).stride(2)));
    }

    @Test
    void weightedListsAgreeWithTheOracle() throws IOException {
        JsonNode stored = oracle().get("lists");
        int[][] members = new ObjectMapper().convertValue(stored.get("members"), int[][].class);
        assertAgreesWithOracle("lists", Groups.of(24, members, matrix(stored.get("weights"))));
    }

    @Test
    void disjointGroupsHaveTheirClosedForm() {
        Groups groups = Groups.blocks(12, 3);
        INDArray codes = Samples.gaussian(3, 50, 12);
        INDArray expected = new GroupL2Penalty(1.3, groups).prox(codes.dup(), 0.8);
        INDArray point = new OverlappingGroupPenalty(1.3, groups, TIGHT).prox(codes.dup(), 0.8);
        assertEquals(0, Samples.distance(expected, point), 1e-7);
        assertEquals(expected.neq(0), point.neq(0), "zeros");
    }

    @Test
    void defaultToleranceBoundsTheError() {
        Groups groups = Groups.torus(8, 12, Window.of(4).stride(2));
        INDArray drives = Samples.gaussian(4, 20, 96);
        INDArray exact = new OverlappingGroupPenalty(0.9, groups, TIGHT).prox(drives.dup(), 1);
        INDArray point = new OverlappingGroupPenalty(0.9, groups).prox(drives.dup(), 1);
        for (int i = 0; i < 20; i++) {
            INDArray difference = exact.getRow(i).sub(drives.getRow(i));
            double objective = Samples.dot(difference, difference) / 2
                    + new OverlappingGroupPenalty(0.9, groups)
                            .value(exact.getRow(i, true).dup());
            double error = exact.getRow(i).distance2(point.getRow(i));
            assertEquals(0, error * error, 2 * 1.01e-8 * objective);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-16, 2, Double.NaN})
    void badToleranceIsRefused(double tolerance) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new OverlappingGroupPenalty(1, Groups.blocks(4, 2), tolerance))
                .getMessage();
        assertEquals("tolerance must be from 1.0E-14 to 1.0, got " + tolerance, message);
    }
}
