package io.github.dl4jsparse.nn.pooling;

import io.github.dl4jsparse.group.Groups;
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

/** The contract of every layer, on pooling layers over units and over maps. */
abstract class PoolingLayerContract {
    private static final int UNITS = 4;

    abstract GroupPoolingConf.Builder<?> builder(Groups groups);

    /** Overlapping groups with a penalty, smoothed so that differences of 1e-6 see no kink. */
    private GroupPoolingConf.Builder<?> pools() {
        return builder(Groups.of(UNITS, new int[][] {{0, 1}, {1, 2, 3}}))
                .epsilon(1e-3)
                .penaltyWeight(0.3);
    }

    private GroupPoolingConf.Builder<?> alone() {
        return builder(null).epsilon(1e-3).penaltyWeight(0.1);
    }

    private static Object other(Field field, Object value) {
        return field.getType() == Groups.class ? Groups.blocks(UNITS, 2) : null;
    }

    @Nested
    class OfUnits extends LayerContract {
        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    new LayerVariant("groups", PoolingLayerContract.this::pools),
                    new LayerVariant("each unit alone", PoolingLayerContract.this::alone));
        }

        @Override
        public int width() {
            return UNITS;
        }

        /** {@inheritDoc} Arrays of rank 3 are sequences, and units that are no groups may be any number. */
        @Override
        public List<INDArray> misshapenInputs() {
            return List.of(Samples.gaussian(1, 2, UNITS, 2, 2, 1));
        }

        @Override
        public Object otherValue(Field field, Object value) {
            Object groups = other(field, value);
            return groups == null ? super.otherValue(field, value) : groups;
        }
    }

    /** Of windows in space that overlap. */
    private abstract class OfMaps extends ImageContract {
        OfMaps(CNN2DFormat format) {
            super(format, UNITS);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    new LayerVariant(
                            "groups in windows", () -> pools().window(3, 2).stride(2, 1)),
                    new LayerVariant("each map alone", () -> alone().window(2, 2)));
        }

        @Override
        public Object otherValue(Field field, Object value) {
            Object groups = other(field, value);
            return groups == null ? super.otherValue(field, value) : groups;
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
