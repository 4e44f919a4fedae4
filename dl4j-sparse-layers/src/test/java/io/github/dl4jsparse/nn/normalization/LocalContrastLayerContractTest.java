package io.github.dl4jsparse.nn.normalization;

import io.github.dl4jsparse.nn.ImageContract;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Nested;

/** The contract of every layer, on {@link LocalContrastLayer}. */
class LocalContrastLayerContractTest {
    private abstract static class OfMaps extends ImageContract {
        OfMaps(CNN2DFormat format) {
            super(format, 2);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(new LayerVariant(
                    "3 x 3", () -> new LocalContrastLayer.Builder().window(3).deviation(0.9)));
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
