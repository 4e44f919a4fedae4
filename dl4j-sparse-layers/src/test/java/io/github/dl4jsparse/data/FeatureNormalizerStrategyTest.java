package io.github.dl4jsparse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerType;

class FeatureNormalizerStrategyTest {
    private final FeatureNormalizerStrategy strategy = new FeatureNormalizerStrategy(ZcaWhitening.class);

    @Test
    void isForOneClass() {
        assertEquals(ZcaWhitening.class, (Class<?>) strategy.getSupportedClass());
        assertEquals(NormalizerType.CUSTOM, strategy.getSupportedType());
    }

    @Test
    void refusesNormalizersOfOthers() {
        String message = assertThrows(
                        IOException.class,
                        () -> strategy.write(new NormalizerStandardize(), new ByteArrayOutputStream()))
                .getMessage();
        assertTrue(message.startsWith("no normaliser of io.github.dl4jsparse.data: "), message);
    }

    @Test
    void refusesAnUnknownName() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeUTF("Other");
        assertEquals(
                "unknown normaliser Other, written by another version?",
                assertThrows(IOException.class, () -> strategy.restore(new ByteArrayInputStream(bytes.toByteArray())))
                        .getMessage());
    }
}
