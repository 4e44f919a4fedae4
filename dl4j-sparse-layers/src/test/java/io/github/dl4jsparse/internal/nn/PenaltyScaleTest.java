package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.OverlappingGroupPenalty;
import io.github.dl4jsparse.energy.Proximal;
import io.github.dl4jsparse.energy.TopKPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.testkit.DoublePrecision;
import io.github.dl4jsparse.testkit.Samples;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@ExtendWith(DoublePrecision.class)
class PenaltyScaleTest {
    private static final Groups GROUPS = Groups.blocks(6, 2);

    static Stream<Proximal> penalties() {
        return Stream.of(new L1Penalty(0.02), new GroupL2Penalty(0.02, GROUPS));
    }

    /** The definition: that weight makes all codes zero, a smaller one does not. */
    @ParameterizedTest
    @MethodSource("penalties")
    void isTheFractionOfTheSmallestWeightThatMakesAllCodesZero(Proximal penalty) {
        INDArray correlations = Samples.gaussian(1, 5, 6);
        double scale = PenaltyScale.of(penalty, correlations).orElseThrow();
        assertTrue(scale < 0.02, "about 0.02 / 2.5, got " + scale);
        assertEquals(
                0,
                penalty.prox(correlations.dup(), 1.0001 / scale).norm1Number().doubleValue());
        assertTrue(
                penalty.prox(correlations.dup(), 0.9999 / scale).norm1Number().doubleValue() > 0);
        double ofLarger = PenaltyScale.of(penalty, correlations.mul(255)).orElseThrow();
        assertEquals(scale / 255, ofLarger, 1e-9 * scale);
    }

    @Test
    void withoutAClosedFormItIsKnownToAFactorOfTen() {
        Groups overlapping = Groups.of(4, new int[][] {{0, 1, 2}, {1, 2, 3}});
        INDArray correlations = Samples.gaussian(2, 5, 4);
        OverlappingGroupPenalty penalty = new OverlappingGroupPenalty(0.02, overlapping);
        double scale = PenaltyScale.of(penalty, correlations).orElseThrow();
        assertEquals(
                0, penalty.prox(correlations.dup(), 1 / scale).norm1Number().doubleValue());
        assertTrue(penalty.prox(correlations.dup(), 0.09 / scale).norm1Number().doubleValue() > 0);
    }

    @Test
    void isEmptyWhereNoWeightMakesCodesZero() {
        INDArray correlations = Samples.gaussian(3, 5, 6);
        assertEquals(OptionalDouble.empty(), PenaltyScale.of(new L1Penalty(0), correlations));
        assertEquals(OptionalDouble.empty(), PenaltyScale.of(new TopKPenalty(2, true), correlations));
        assertEquals(OptionalDouble.empty(), PenaltyScale.of(new L1Penalty(1), correlations.mul(0)));
        assertEquals(
                OptionalDouble.empty(),
                PenaltyScale.of(new L1Penalty(1), Nd4j.valueArrayOf(new long[] {5, 6}, Double.NaN)));
    }

    @Test
    void noPenaltyIsTold() {
        assertTrue(PenaltyScale.isNone(new L1Penalty(0), 6));
        assertFalse(PenaltyScale.isNone(new L1Penalty(1e-9), 6));
        assertFalse(PenaltyScale.isNone(new TopKPenalty(2, true), 6));
        assertTrue(PenaltyScale.isNone(new GroupL2Penalty(0, GROUPS), 6));
    }
}
