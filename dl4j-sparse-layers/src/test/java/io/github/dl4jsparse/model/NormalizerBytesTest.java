package io.github.dl4jsparse.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dl4jsparse.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;

class NormalizerBytesTest {
    /** All that DL4J saves. */
    private static Stream<Normalizer<?>> normalizers() {
        INDArray x = Samples.gaussian(3, 12, 5);
        INDArray y = Samples.gaussian(4, 12, 2);
        DataSet one = new DataSet(x, y);
        MultiDataSet more = new MultiDataSet(new INDArray[] {x, y}, new INDArray[] {y});
        NormalizerStandardize standardize = new NormalizerStandardize();
        NormalizerStandardize withLabels = new NormalizerStandardize();
        withLabels.fitLabel(true);
        NormalizerMinMaxScaler minMax = new NormalizerMinMaxScaler(-1, 1);
        minMax.fitLabel(true);
        List.of(standardize, withLabels).forEach(each -> each.fit(one));
        minMax.fit(one);
        MultiNormalizerStandardize multiStandardize = new MultiNormalizerStandardize();
        multiStandardize.fitLabel(true);
        multiStandardize.fit(more);
        MultiNormalizerMinMaxScaler multiMinMax = new MultiNormalizerMinMaxScaler(0, 2);
        multiMinMax.fit(more);
        MultiNormalizerHybrid hybrid = new MultiNormalizerHybrid()
                .standardizeAllInputs()
                .minMaxScaleInput(1, -1, 1)
                .standardizeOutput(0);
        hybrid.fit(more);
        return Stream.of(
                standardize,
                withLabels,
                minMax,
                new ImagePreProcessingScaler(0, 1, 16),
                multiStandardize,
                multiMinMax,
                hybrid);
    }

    private static byte[] bytes(Normalizer<?> normalizer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(normalizer, out);
        return out.toByteArray();
    }

    private static void assertRefused(byte[] bytes) {
        assertThrows(IOException.class, () -> NormalizerBytes.read(bytes, KnownTypes.STANDARD));
    }

    @ParameterizedTest
    @MethodSource("normalizers")
    void thoseOfDl4jComeBack(Normalizer<?> normalizer) throws Exception {
        assertEquals(normalizer, NormalizerBytes.read(bytes(normalizer), KnownTypes.STANDARD));
    }

    @ParameterizedTest
    @MethodSource("normalizers")
    void cutOrLongerOnesAreRefused(Normalizer<?> normalizer) throws IOException {
        byte[] whole = bytes(normalizer);
        for (int length = 0; length < whole.length; length += 1 + length / 40) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 1));
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void arraysThatAnnounceMoreThanThereIsAreRefused() throws IOException {
        byte[] whole = bytes(normalizers().findFirst().orElseThrow());
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        String mode = "MIXED_DATA_TYPES";
        int found = 0;
        for (int at = text.indexOf(mode); at >= 0; at = text.indexOf(mode, at + 1)) {
            found++;
            for (long length : new long[] {-1, 1L << 40, Long.MAX_VALUE}) {
                byte[] wrong = whole.clone();
                ByteBuffer.wrap(wrong).putLong(at + mode.length(), length);
                assertRefused(wrong);
            }
        }
        assertEquals(true, found >= 2, "arrays in it");
    }

    @Test
    void othersAreRefused() throws IOException {
        byte[] whole = bytes(new ImagePreProcessingScaler(0, 1));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (String other : List.of("NORMALISER\0\0\0\1", "NORMALIZER\0\0\0\2")) {
            assertRefused(text.replace("NORMALIZER\0\0\0\1", other).getBytes(StandardCharsets.ISO_8859_1));
        }
        assertRefused(text.replace("IMAGE_MIN_MAX", "IMAGE_MIN_MIN").getBytes(StandardCharsets.ISO_8859_1));
    }
}
