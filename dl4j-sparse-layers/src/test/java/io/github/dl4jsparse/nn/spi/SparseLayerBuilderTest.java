package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LearnedL1Penalty;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.junit.jupiter.api.Test;

class SparseLayerBuilderTest {
    private static TransposeLayer.Builder builder() {
        return new TransposeLayer.Builder().name("code").nOut(4);
    }

    @Test
    void defaults() {
        TransposeLayer layer = builder().build();
        assertEquals(new L1Penalty(0), layer.getPenalty());
        assertEquals(0, layer.getUnsupervisedWeight());
        assertEquals(1, layer.getDecoderNorm());
        assertEquals(Map.of(), layer.getLearningRateFactors());
        assertTrue(layer.isValidateInput());
        assertTrue(layer.isInputGradient());
        assertFalse(layer.isTangentGradient());
    }

    @Test
    void everyOptionReachesTheConfiguration() {
        TransposeLayer layer = builder()
                .penalty(new LearnedL1Penalty(4, 0.3, true))
                .unsupervisedWeight(0.5)
                .decoderNorm(2)
                .learningRateFactor("D", 3)
                .learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.25)
                .validateInput(false)
                .inputGradient(false)
                .tangentGradient(true)
                .build();
        assertEquals(new LearnedL1Penalty(4, 0.3, true), layer.getPenalty());
        assertEquals(0.5, layer.getUnsupervisedWeight());
        assertEquals(2, layer.getDecoderNorm());
        assertEquals(Map.of("D", 3.0, LearnedL1Penalty.WEIGHTS, 0.25), layer.getLearningRateFactors());
        assertFalse(layer.isValidateInput());
        assertFalse(layer.isInputGradient());
        assertTrue(layer.isTangentGradient());
    }

    @Test
    void aFactorForAParameterThatThePenaltyDoesNotHaveIsRefused() {
        TransposeLayer.Builder builder = builder().learningRateFactor(LearnedL1Penalty.WEIGHTS, 0.25);
        assertEquals(
                "learningRateFactor's parameter must be one of [D], got lambda (layer \"code\", TransposeLayer)",
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage());
    }
}
