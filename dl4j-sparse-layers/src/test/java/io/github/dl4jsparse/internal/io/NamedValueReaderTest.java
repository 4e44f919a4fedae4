package io.github.dl4jsparse.internal.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;

/** Reading of values that an earlier version wrote as names. */
class NamedValueReaderTest {
    /** A value as it is written today. */
    record Size(@JsonProperty("pixels") int pixels) {}

    static final class SizeReader extends NamedValueReader<Size> {
        SizeReader() {
            super(Size.class, "a size", Map.of("SMALL", new Size(8), "LARGE", new Size(64)));
        }
    }

    static final class Conf {
        @JsonProperty("size")
        @JsonDeserialize(using = SizeReader.class)
        Size size;
    }

    private static Size read(String json) throws IOException {
        return new ObjectMapper().readValue("{\"size\":" + json + "}", Conf.class).size;
    }

    @Test
    void namesAndObjectsAreRead() throws IOException {
        assertEquals(new Size(64), read("\"LARGE\""));
        assertEquals(new Size(5), read("{\"pixels\":5}"));
    }

    @Test
    void anotherNameIsRefusedWithThoseThatThereAre() {
        String message = assertThrows(JsonProcessingException.class, () -> read("\"HUGE\""))
                .getMessage();
        assertTrue(message.contains("a size must be LARGE, SMALL"), message);
        assertTrue(message.contains("HUGE"), message);
    }
}
