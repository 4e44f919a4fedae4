package io.github.dl4jsparse.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.type.TypeFactory;
import org.nd4j.shade.jackson.databind.util.LRUMap;
import org.nd4j.shade.jackson.databind.util.LookupCache;

/**
 * The types that a file may name: those of this library, of DL4J and of ND4J, and those that a user allows.
 * <p>A name is checked before its class is loaded, and a class is loaded without initialisation: Jackson alone would
 * initialise every class that a file names before it checks whether it fits.
 */
final class KnownTypes {
    /** The types of this library, of DL4J and of ND4J only. */
    static final KnownTypes STANDARD = new KnownTypes(Map.of());

    private static final List<String> PACKAGES =
            List.of("io.github.dl4jsparse.", "org.deeplearning4j.", "org.nd4j.linalg.", "org.nd4j.autodiff.");
    /** Types that files of earlier versions name otherwise. */
    private static final Map<String, String> RENAMED =
            Map.of("io.github.dl4jsparse.nn.common.NoLoss", "io.github.dl4jsparse.train.NoLoss");

    private static final int DEEPEST = 1000;

    private final Map<String, Class<?>> allowed;
    private final ObjectMapper mapper;

    private KnownTypes(Map<String, Class<?>> allowed) {
        this.allowed = allowed;
        this.mapper = NeuralNetConfiguration.mapper().copy();
        this.mapper.setTypeFactory(new Known());
    }

    /** These types and others. */
    KnownTypes and(Class<?>... types) {
        Map<String, Class<?>> all = new HashMap<>(allowed);
        for (Class<?> type : types) {
            all.put(type.getName(), type);
        }
        return new KnownTypes(Map.copyOf(all));
    }

    boolean contains(String name) {
        return allowed.containsKey(name) || PACKAGES.stream().anyMatch(name::startsWith);
    }

    /**
     * A class, not initialised.
     *
     * @throws ClassNotFoundException if it is not allowed, or neither this library's class loader nor the thread's has it
     */
    Class<?> find(String name) throws ClassNotFoundException {
        if (!contains(name)) {
            throw new ClassNotFoundException(refusal(name));
        }
        Class<?> given = allowed.get(name);
        if (given != null) {
            return given;
        }
        try {
            return Class.forName(RENAMED.getOrDefault(name, name), false, KnownTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        }
    }

    static String refusal(String name) {
        return "types must be of this library, of DL4J or of ND4J, got \"" + name
                + "\": if you trust the file and this type, read it by ModelFile.reader().allow("
                + name.substring(name.lastIndexOf('.') + 1) + ".class)";
    }

    /**
     * Creates an object from JSON.
     *
     * @throws IOException if it names other types, or does not fit; the message says so
     */
    <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            check(json);
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "it must be JSON of a " + type.getSimpleName() + ", got: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether JSON is of one object with a certain property. */
    static boolean has(byte[] json, String property) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (property.equals(parser.currentName())) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (JsonProcessingException e) {
            throw new IOException("it must hold JSON, got: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Checks all names of types before any object is created: some classes of DL4J parse parts of their JSON
     * themselves.
     */
    private void check(byte[] json) throws IOException {
        int depth = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEEPEST) {
                    throw new IOException("JSON must be at most " + DEEPEST + " levels deep, got more");
                }
                if (token == JsonToken.VALUE_STRING) {
                    checkName(parser.currentName(), parser.getText());
                }
            }
        }
    }

    /** "type" is the property of a distribution, and that of others which name no class. */
    private void checkName(String property, String value) throws IOException {
        boolean names = "@class".equals(property) || "type".equals(property) && exists(value);
        String outer = value.contains("<") ? value.substring(0, value.indexOf('<')) : value;
        if (names && !(contains(outer) && outer.equals(value))) {
            throw new IOException(refusal(value));
        }
    }

    private static boolean exists(String name) {
        for (ClassLoader loader : new ClassLoader[] {
            KnownTypes.class.getClassLoader(), Thread.currentThread().getContextClassLoader()
        }) {
            try {
                Class.forName(name, false, loader);
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                // the next element is checked in its turn
            }
        }
        return false;
    }

    /** Loads classes for Jackson. */
    private final class Known extends TypeFactory {
        private static final long serialVersionUID = 1;

        Known() {
            super((LookupCache<Object, JavaType>) new LRUMap<Object, JavaType>(16, 200));
        }

        @Override
        public Class<?> findClass(String name) throws ClassNotFoundException {
            return find(name);
        }
    }
}
