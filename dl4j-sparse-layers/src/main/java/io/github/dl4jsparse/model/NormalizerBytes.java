package io.github.dl4jsparse.model;

import io.github.dl4jsparse.internal.io.ArrayBytes;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.CustomSerializerStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerType;

/**
 * Reads the bytes of a normaliser: those of DL4J after a check of every array, others by a strategy of a known type.
 * <p>DL4J's {@code NormalizerSerializer} would create an object of any class that the bytes name.
 */
final class NormalizerBytes {
    private static final int MIN_MAX = 2;

    private NormalizerBytes() {}

    /** @throws IOException if they are of no normaliser or of an unknown one, or are damaged */
    static Normalizer<?> read(byte[] bytes, KnownTypes types) throws IOException, ReflectiveOperationException {
        InputStream in = new ByteArrayInputStream(bytes);
        DataInputStream data = new DataInputStream(in);
        String kind = data.readUTF();
        int version = data.readInt();
        String type = data.readUTF();
        if (!kind.equals("NORMALIZER") || version != 1) {
            throw new IOException(
                    "its normaliser must be DL4J's version 1, got \"" + kind + "\" of version " + version);
        }
        if (type.equals(NormalizerType.CUSTOM.name())) {
            return custom(types.find(data.readUTF()), in);
        }
        check(type, data);
        if (data.read() >= 0) {
            throw new IOException("its normaliser must end with its last number, got more bytes");
        }
        return dl4js(bytes);
    }

    private static Normalizer<?> custom(Class<?> strategy, InputStream in)
            throws IOException, ReflectiveOperationException {
        if (!CustomSerializerStrategy.class.isAssignableFrom(strategy)) {
            throw new IOException(
                    "its normaliser must be read by a CustomSerializerStrategy, got " + strategy.getName());
        }
        Object reader = strategy.getDeclaredConstructor().newInstance();
        return ((CustomSerializerStrategy<?>) reader).restore(in);
    }

    private static Normalizer<?> dl4js(byte[] bytes) throws IOException {
        try {
            return NormalizerSerializer.getDefault().restore(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("its normaliser must be one of DL4J's, got: " + e.getMessage(), e);
        }
    }

    /** Reads in the order of DL4J's strategies, and checks every array. */
    private static void check(String type, DataInputStream in) throws IOException {
        switch (type) {
            case "STANDARDIZE" -> arrays(in, in.readBoolean() ? 4 : 2);
            case "MIN_MAX" -> {
                boolean labels = in.readBoolean();
                numbers(in, 2);
                arrays(in, labels ? 4 : 2);
            }
            case "IMAGE_MIN_MAX" -> numbers(in, 3);
            case "MULTI_STANDARDIZE", "MULTI_MIN_MAX" -> {
                boolean labels = in.readBoolean();
                long inputs = in.readInt();
                long outputs = in.readInt();
                numbers(in, type.equals("MULTI_MIN_MAX") ? 2 : 0);
                arrays(in, 2 * inputs + (labels ? 2 * outputs : 0));
            }
            case "MULTI_HYBRID" -> hybrid(in);
            default -> throw new IOException("its normaliser must be one that DL4J saves, got \"" + type + "\"");
        }
    }

    private static void hybrid(DataInputStream in) throws IOException {
        for (int map = 0; map < 2; map++) {
            for (int left = in.readInt(); left > 0; left--) {
                in.readInt();
                in.readInt();
                arrays(in, 2);
            }
        }
        strategy(in);
        strategy(in);
        for (int map = 0; map < 2; map++) {
            for (int left = in.readInt(); left > 0; left--) {
                in.readInt();
                strategy(in);
            }
        }
    }

    private static void strategy(DataInputStream in) throws IOException {
        int kind = in.readInt();
        if (kind < 0 || kind > MIN_MAX) {
            throw new IOException("a strategy of its normaliser must be between 0 and " + MIN_MAX + ", got " + kind);
        }
        numbers(in, kind == MIN_MAX ? 2 : 0);
    }

    private static void numbers(DataInputStream in, int count) throws IOException {
        in.skipNBytes((long) count * Double.BYTES);
    }

    private static void arrays(DataInputStream in, long count) throws IOException {
        for (long i = 0; i < count; i++) {
            ArrayBytes.check(in);
        }
    }
}
