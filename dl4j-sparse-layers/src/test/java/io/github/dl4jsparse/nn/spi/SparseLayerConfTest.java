package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SparseLayerConfTest {
    private static TransposeLayer.Builder builder() {
        return new TransposeLayer.Builder().name("code").nOut(4);
    }

    private static void refused(String message, TransposeLayer.Builder builder) {
        assertEquals(
                message + " (layer \"code\", TransposeLayer)",
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage());
    }

    @Test
    void badOptionsAreRefusedWithTheLayer() {
        refused("penalty must be given, got null", builder().penalty(null));
        refused(
                "unsupervisedWeight must be finite and >= 0, got -1.0",
                builder().unsupervisedWeight(-1));
        refused("nOut must be at least 1, got 0", builder().nOut(0));
        refused(
                "nIn must be at least 1, or left to setInputType, got -2",
                builder().nIn(-2));
        refused(
                "decoderNorm must be > 0 (infinity for no bound), got NaN",
                builder().decoderNorm(Double.NaN));
        refused(
                "learningRateFactor's parameter must be one of [D], got E",
                builder().learningRateFactor("E", 1));
        refused(
                "learningRateFactor of D must be finite and >= 0, got -0.5",
                builder().learningRateFactor("D", -0.5));
    }

    @Test
    void missingInputSizeIsRefusedWithTheLayer() {
        NeuralNetConfiguration conf = new NeuralNetConfiguration();
        conf.setLayer(builder().build());
        String message = assertThrows(DL4JInvalidConfigException.class, () -> conf.getLayer()
                        .instantiate(conf, null, 2, Nd4j.create(4), true, DataType.FLOAT))
                .getMessage();
        assertEquals("TransposeLayer (index=2, name=code) nIn=0, nOut=4; nIn and nOut must be > 0", message);
    }

    @Test
    void learningRateFactorScalesTheUpdaterOfItsParameter() {
        TransposeLayer layer =
                builder().updater(new Sgd(0.5)).learningRateFactor("D", 0.25).build();
        assertEquals(Map.of("D", 0.25), layer.getLearningRateFactors());
        assertEquals(0.125, layer.getUpdaterByParam("D").getLearningRate(0, 0));
    }

    /** DL4J 1.0.0-M2.1 resets constraints of no layer that has weights, but replaces them by those of fine-tuning. */
    @Test
    void transferLearningKeepsEveryConstraintOnce() {
        TransposeLayer layer =
                builder().constrainWeights(new NonNegativeConstraint()).build();
        assertEquals(1, layer.getConstraints().size());
        layer.resetLayerDefaultConfig();
        assertEquals(1, layer.getConstraints().size());
        layer.setConstraints(null);
        assertEquals(layer.ownConstraints(), layer.limits());
    }

    @Test
    void everyBuildHasFactorsOfItsOwn() {
        TransposeLayer.Builder builder = builder().learningRateFactor("D", 0.25);
        assertNotSame(builder.build().getLearningRateFactors(), builder.build().getLearningRateFactors());
    }
}
