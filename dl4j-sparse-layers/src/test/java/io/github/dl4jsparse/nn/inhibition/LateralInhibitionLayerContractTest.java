package io.github.dl4jsparse.nn.inhibition;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.ImageContract;
import io.github.dl4jsparse.testkit.LayerContract;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.Samples;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The contract of every layer, on {@link LateralInhibitionLayer}. A matrix is learned by descent and without steps: ascent has minus
 * the gradient, and the gradient of S is that of the energy alone, not through the steps.
 */
class LateralInhibitionLayerContractTest {
    private static final int UNITS = 4;

    private static LateralInhibitionLayer.Builder builder() {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.ring(UNITS, 0, 1, 0.6)).penaltyWeight(0.4);
    }

    private static LateralInhibitionLayer.Builder learning() {
        return new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(UNITS, 0.4))
                .penaltyWeight(0.4)
                .learn(LearnedInhibition.descent(1.2, 0.9));
    }

    private static Stream<LayerVariant> all() {
        return Stream.of(
                new LayerVariant("penalty alone", LateralInhibitionLayerContractTest::builder),
                new LayerVariant("three steps", () -> builder().steps(3)),
                new LayerVariant("learned by descent", LateralInhibitionLayerContractTest::learning));
    }

    private static Object other(Field field) {
        if (field.getType() == InhibitionMatrix.class) {
            return InhibitionMatrix.uniform(UNITS, 0.3);
        }
        return field.getType() == LearnedInhibition.class ? LearnedInhibition.ascent(1, 1) : null;
    }

    @Nested
    class OfUnits extends LayerContract {
        @Override
        public Stream<LayerVariant> variants() {
            return all();
        }

        @Override
        public int width() {
            return UNITS;
        }

        /** {@inheritDoc} Arrays of rank 3 are sequences. */
        @Override
        public List<INDArray> misshapenInputs() {
            return List.of(Samples.gaussian(1, 2, UNITS + 1), Samples.gaussian(1, 2, UNITS, 2, 2, 1));
        }

        @Override
        public Object otherValue(Field field, Object value) {
            Object own = other(field);
            return own == null ? super.otherValue(field, value) : own;
        }
    }

    private abstract static class OfMaps extends ImageContract {
        OfMaps(CNN2DFormat format) {
            super(format, UNITS);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return all();
        }

        @Override
        public Object otherValue(Field field, Object value) {
            Object own = other(field);
            return own == null ? super.otherValue(field, value) : own;
        }
    }

    @Nested
    class OfMapsFirst extends OfMaps {
        OfMapsFirst() {
            super(CNN2DFormat.NCHW);
        }
    }

    @Nested
    class OfMapsLast extends OfMaps {
        OfMapsLast() {
            super(CNN2DFormat.NHWC);
        }
    }
}
