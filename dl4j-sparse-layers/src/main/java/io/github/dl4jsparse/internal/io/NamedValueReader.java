package io.github.dl4jsparse.internal.io;

import java.io.IOException;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.jsontype.TypeDeserializer;

/**
 * Reads a value that is an object with {@code @class}, or only a name in files of earlier versions.
 * <p>Errors: another name is refused as JSON that does not fit.
 *
 * @param <T> of the values
 */
public abstract class NamedValueReader<T> extends JsonDeserializer<T> {
    private final Class<T> type;
    private final String what;
    private final Map<String, T> earlier;

    /**
     * @param what    the name of the value in errors
     * @param earlier values by the names that files may have
     */
    protected NamedValueReader(Class<T> type, String what, Map<String, T> earlier) {
        this.type = type;
        this.what = what;
        this.earlier = earlier;
    }

    @Override
    public final T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : context.readValue(parser, type);
    }

    @Override
    public final Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? named(parser, context)
                : types.deserializeTypedFromObject(parser, context);
    }

    private T named(JsonParser parser, DeserializationContext context) throws IOException {
        String name = parser.getText();
        T value = earlier.get(name);
        return value != null
                ? value
                : type.cast(context.handleWeirdStringValue(
                        type,
                        name,
                        "%s must be %s or an object with its @class, got %s",
                        what,
                        String.join(", ", earlier.keySet().stream().sorted().toList()),
                        name));
    }
}
