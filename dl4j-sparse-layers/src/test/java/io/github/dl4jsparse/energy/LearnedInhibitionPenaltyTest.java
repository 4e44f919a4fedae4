package io.github.dl4jsparse.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.testkit.LearnedPenaltyContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LearnedInhibitionPenaltyTest extends LearnedPenaltyContract {
    private static final LateralInhibitionPenalty FIXED = new LateralInhibitionPenalty(
            0.4, InhibitionMatrix.uniform(6, 0.3), new L1Penalty(new double[] {0.1, 0, 0.3, 0.2, 0.5, 0}));

    @Override
    protected LearnedInhibitionPenalty penalty() {
        return (LearnedInhibitionPenalty) FIXED.learned(LearnedInhibition.ascent(1, 0.6));
    }

    @Override
    protected double sign() {
        return -1;
    }

    @Override
    protected Penalty otherPenalty() {
        return (LearnedInhibitionPenalty) FIXED.learned(LearnedInhibition.ascent(1, 0.7));
    }

    @Test
    void goesDownWhereItIsAsked() {
        INDArray codes = codes(1);
        Map<String, INDArray> up = Map.of("S", Nd4j.zeros(DataType.DOUBLE, 6, 6));
        Map<String, INDArray> down = Map.of("S", Nd4j.zeros(DataType.DOUBLE, 6, 6));
        penalty().writeGradients(up, codes, 0.7, up);
        FIXED.learned(LearnedInhibition.descent(1, 0.6)).writeGradients(down, codes, 0.7, down);
        assertEquals(down.get("S"), up.get("S").neg());
    }

    @Test
    void matricesThatCanNotBeLearnedAreRefused() {
        LearnedInhibition how = LearnedInhibition.ascent(1, 0.1);
        assertEquals(
                "column sum must be at most the largest entry 0.1 times the 5 free entries of column 0, got 1.0",
                assertThrows(IllegalArgumentException.class, () -> FIXED.learned(how))
                        .getMessage());
        LateralInhibitionPenalty diagonal =
                FIXED.with(InhibitionMatrix.uniform(6, 1).withDiagonal(1));
        assertEquals(
                "diagonal of the inhibition must be zero where it is learned, got another",
                assertThrows(IllegalArgumentException.class, () -> diagonal.learned(LearnedInhibition.ascent(1, 1)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> FIXED.learned(null));
        LearnedInhibitionPenalty least = (LearnedInhibitionPenalty) FIXED.learned(LearnedInhibition.ascent(1, 0.25));
        assertThrows(IllegalArgumentException.class, () -> least.restrictedTo(new int[] {0, 1, 2}), "no smaller one");
    }
}
