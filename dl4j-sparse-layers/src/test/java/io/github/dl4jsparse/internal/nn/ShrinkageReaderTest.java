package io.github.dl4jsparse.internal.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;

class ShrinkageReaderTest {
    /** As a layer's configuration has it. */
    static final class Conf {
        @JsonProperty("shrinkage")
        @JsonDeserialize(using = ShrinkageReader.class)
        Shrinkage shrinkage;
    }

    private static Shrinkage read(String json) throws IOException {
        return NeuralNetConfiguration.mapper().readValue("{\"shrinkage\":" + json + "}", Conf.class).shrinkage;
    }

    @Test
    void namesOfEarlierVersionsAreRead() throws IOException {
        assertEquals(Shrinkage.SOFT, read("\"SOFT\""));
        assertEquals(Shrinkage.NON_NEGATIVE, read("\"NON_NEGATIVE\""));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (Shrinkage shrinkage : new Shrinkage[] {Shrinkage.SOFT, Shrinkage.NON_NEGATIVE}) {
            Conf conf = new Conf();
            conf.shrinkage = shrinkage;
            String json = NeuralNetConfiguration.mapper().writeValueAsString(conf);
            assertTrue(json.contains("@class"), json);
            assertEquals(shrinkage, NeuralNetConfiguration.mapper().readValue(json, Conf.class).shrinkage);
        }
    }

    @Test
    void otherNamesAreRefused() {
        String message = assertThrows(JsonProcessingException.class, () -> read("\"HARD\""))
                .getMessage();
        assertTrue(message.contains("SOFT") && message.contains("HARD"), message);
    }
}
