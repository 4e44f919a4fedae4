package io.github.dl4jsparse.shrinkage;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads the shrinkage of a layer's configuration, of this and of earlier versions: those wrote only the name, {@code "SOFT"} or
 * {@code "NON_NEGATIVE"}.
 * <p>Errors: another name is refused as JSON that does not fit.
 */
public final class ShrinkageReader extends JsonDeserializer<Shrinkage> {
    @Override
    public Shrinkage deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : context.readValue(parser, Shrinkage.class);
    }

    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : types.deserializeTypedFromObject(parser, context);
    }

    private static Shrinkage named(JsonParser parser, DeserializationContext context) throws IOException {
        String name = parser.getText();
        return switch (name) {
            case "SOFT" -> Shrinkage.SOFT;
            case "NON_NEGATIVE" -> Shrinkage.NON_NEGATIVE;
            default ->
                (Shrinkage) context.handleWeirdStringValue(
                        Shrinkage.class,
                        name,
                        "a shrinkage must be SOFT, NON_NEGATIVE or an object with its @class, got %s",
                        name);
        };
    }
}
