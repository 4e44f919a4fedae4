package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.nn.LossTerms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LossPartsTest {
    private final INDArray residual = Nd4j.createFromArray(new double[][] {{1, 2}, {0, -4}});
    /** Two rows, as two positions, an example. */
    private final INDArray code = Nd4j.createFromArray(new double[][] {{1, 0}, {0, -2}, {3, 0}, {0, 0}});

    @Test
    void termsOfExamplesByHand() {
        LossParts parts = LossParts.of(residual, new L1Penalty(0.5), code)
                .with(LossPart.halfSquares(LossTerms.PREDICTION, 3, residual.mul(2)));
        assertArrayEquals(
                new double[] {2.5 + 1.5 + 30, 8 + 1.5 + 96}, parts.energies().toDoubleVector(), 1e-12);
        assertEquals(LossTerms.of(10.5, 3).with(LossTerms.PREDICTION, 126), parts.sums());
    }

    @Test
    void squaresOfLargeFloatsDoNotOverflow() {
        INDArray large = Nd4j.createFromArray(new float[][] {{1e30f, 0}, {0, 1}});
        LossParts parts = LossParts.of(large, new L1Penalty(0), Nd4j.zeros(DataType.FLOAT, 2, 1));
        assertEquals(5e59, parts.energies().getDouble(0), 1e53);
        assertEquals(0.5, parts.energies().getDouble(1), 1e-12);
    }

    @Test
    void aTermOfWeightZeroIsPresent() {
        LossParts parts = LossParts.of(residual, new L1Penalty(0), code)
                .with(LossPart.halfSquares(LossTerms.PREDICTION, 0, residual));
        assertEquals(
                List.of("reconstruction", "penalty", "prediction"), parts.sums().names());
        assertEquals(10.5, parts.sums().total());
    }

    @Test
    void refusesWhatIsMissing() {
        L1Penalty penalty = new L1Penalty(1);
        assertThrows(IllegalArgumentException.class, () -> LossPart.halfSquares("prediction", 1, null));
        assertThrows(IllegalArgumentException.class, () -> LossPart.halfSquares("prediction", -1, residual));
        assertThrows(IllegalArgumentException.class, () -> LossParts.of(null, penalty, code));
        assertThrows(IllegalArgumentException.class, () -> LossParts.of(residual, null, code));
        LossParts parts = LossParts.of(residual, penalty, code);
        assertThrows(IllegalArgumentException.class, () -> parts.with(null));
        LossParts twice = parts.with(LossPart.penalty(penalty, code));
        assertThrows(IllegalArgumentException.class, twice::sums);
        List<LossPart> none = List.of();
        assertThrows(IllegalArgumentException.class, () -> new LossParts(0, none));
    }
}
