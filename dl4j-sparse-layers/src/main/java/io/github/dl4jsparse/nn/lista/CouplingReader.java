package io.github.dl4jsparse.nn.lista;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads the coupling of a layer's configuration, of this and of earlier versions: those wrote only the name of a recurrence,
 * {@code "FREE"} or {@code "DICTIONARY"}.
 * <p>Errors: another name is refused as JSON that does not fit.
 */
final class CouplingReader extends JsonDeserializer<Coupling> {
    @Override
    public Coupling deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : context.readValue(parser, Coupling.class);
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : types.deserializeTypedFromObject(parser, context);
    }

    private static Coupling named(JsonParser parser, DeserializationContext context) throws IOException {
        String name = parser.getText();
        return switch (name) {
            case "FREE" -> Coupling.free();
            case "DICTIONARY" -> Coupling.dictionary();
            default ->
                (Coupling) context.handleWeirdStringValue(
                        Coupling.class,
                        name,
                        "a recurrence must be FREE, DICTIONARY or an object with its @class, got %s",
                        name);
        };
    }
}
