package io.github.dl4jsparse.nn.inhibition;

import static io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayerTest.ALPHA;
import static io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayerTest.MATRIX;
import static io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayerTest.builder;
import static io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayerTest.learning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.LearnedInhibition;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.junit.jupiter.api.Test;

class LateralInhibitionLayerBuilderTest {
    @Test
    void configurationsCompareFieldByField() {
        LateralInhibitionLayer one = builder().build();
        assertEquals(one, builder().build());
        List<UnaryOperator<LateralInhibitionLayer.Builder>> changes =
                List.of(b -> b.penaltyWeight(0.5), b -> b.steps(1), b -> b.dataFormat(CNN2DFormat.NHWC));
        for (UnaryOperator<LateralInhibitionLayer.Builder> change : changes) {
            assertNotEquals(one, change.apply(builder()).build());
        }
        assertNotEquals(learning().build(), learning().learn(null).build());
        assertNotEquals(learning().build(), learning().learningRateFactor(0.5).build());
        assertNotEquals(
                one,
                new LateralInhibitionLayer.Builder(MATRIX.withDiagonal(0))
                        .penaltyWeight(ALPHA)
                        .name("inhibited")
                        .build());
    }

    private static void refused(String message, LateralInhibitionLayer.Builder builder) {
        String actual =
                assertThrows(DL4JInvalidConfigException.class, builder::build).getMessage();
        assertEquals(message + " (layer \"inhibited\", LateralInhibitionLayer)", actual);
    }

    @Test
    void badConfigurationsAreRefusedByName() {
        refused("penaltyWeight must be finite and >= 0, got NaN", builder().penaltyWeight(Double.NaN));
        refused("steps must be at least 0, got -1", builder().steps(-1));
        refused("learningRateFactor must be finite and > 0, got 0.0", builder().learningRateFactor(0));
        refused("inhibition must be given, got null", new LateralInhibitionLayer.Builder(null).name("inhibited"));
        refused(
                "column sum must be at most the largest entry 0.3 times the 3 free entries of column 0, got 1.0",
                learning().learn(LearnedInhibition.ascent(1, 0.3)));
        refused(
                "diagonal of the inhibition must be zero where it is learned, got another",
                builder().learn(LearnedInhibition.ascent(1, 1)));
        for (InputType type : List.of(InputType.feedForward(5), InputType.convolutional(3, 3, 5))) {
            String message = assertThrows(
                            DL4JInvalidConfigException.class,
                            () -> builder().build().getOutputType(2, type))
                    .getMessage();
            assertTrue(message.startsWith("inhibition must be among the 5 "), message);
            assertTrue(message.contains("got 4 units (layer \"inhibited\", index 2"), message);
        }
        InputType volumes = InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 2, 2, 2, 4);
        assertThrows(DL4JInvalidConfigException.class, () -> builder().build().getOutputType(0, volumes));
    }
}
