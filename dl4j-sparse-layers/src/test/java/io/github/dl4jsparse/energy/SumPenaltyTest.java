package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.Tree;
import io.github.dl4jsparse.group.Window;
import io.github.dl4jsparse.testkit.PenaltyContract;
import io.github.dl4jsparse.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class SumPenaltyTest extends PenaltyContract {
    private static final L1Penalty L1 = new L1Penalty(0.4);
    private static final L1Penalty EACH = new L1Penalty(new double[] {1, 2, 3, 4, 5, 6});
    private static final GroupL2Penalty GROUP = new GroupL2Penalty(0.7, Groups.blocks(6, 2));
    private static final TreePenalty TREE = new TreePenalty(0.3, Tree.branching(5));
    private static final SmoothedGroupPenalty SMOOTHED =
            new SmoothedGroupPenalty(0.5, Groups.ring(6, Window.of(3)), 1e-3);

    @Override
    protected Penalty penalty() {
        return new SumPenalty(List.of(L1, SMOOTHED));
    }

    @Override
    protected Penalty otherPenalty() {
        return new SumPenalty(List.of(SMOOTHED, L1, L1));
    }

    @Test
    void knownSumsHaveAProximalOperatorInEitherOrder() {
        Penalty[][] pairs = {
            {L1, L1},
            {L1, EACH},
            {L1.asNonNegative(), EACH},
            {L1, GROUP},
            {L1, new SparseGroupPenalty(EACH, GROUP)},
            {EACH, TREE},
            {L1, new SparseTreePenalty(EACH, TREE)}
        };
        INDArray codes = Samples.gaussian(1, 3, 6);
        for (Penalty[] pair : pairs) {
            Penalty sum = SumPenalty.of(pair[0], pair[1]);
            assertInstanceOf(Proximal.class, sum);
            assertEquals(sum, SumPenalty.of(pair[1], pair[0]));
            assertEquals(pair[0].value(codes) + pair[1].value(codes), sum.value(codes), 1e-12);
        }
        assertEquals(new L1Penalty(0.8), SumPenalty.of(L1, L1));
    }

    @Test
    void otherSumsKeepTheirTerms() {
        assertEquals(new SumPenalty(List.of(L1, SMOOTHED)), SumPenalty.of(L1, SMOOTHED));
        assertEquals(new SumPenalty(List.of(GROUP, TREE)), SumPenalty.of(GROUP, TREE));
        assertEquals(6, SumPenalty.of(GROUP, TREE).units());
    }

    @Test
    void termsOfDifferentSizesAreRefused() {
        GroupL2Penalty wider = new GroupL2Penalty(1, Groups.blocks(8, 2));
        String message = assertThrows(IllegalArgumentException.class, () -> SumPenalty.of(GROUP, wider))
                .getMessage();
        assertEquals("terms must be penalties on codes of one size, got 8 and 6", message);
        assertThrows(IllegalArgumentException.class, () -> SumPenalty.of(EACH, wider));
    }

    @Test
    void noTermsAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new SumPenalty(List.of()))
                .getMessage();
        assertEquals("number of terms must be at least 1, got 0", message);
    }
}
