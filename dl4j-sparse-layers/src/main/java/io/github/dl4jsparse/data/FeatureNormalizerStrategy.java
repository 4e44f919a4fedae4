package io.github.dl4jsparse.data;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.CustomSerializerStrategy;

/**
 * Writes and reads this package's normalisers for DL4J's {@code NormalizerSerializer}.
 * <p>It need not be registered with the default serializer, which {@code ModelSerializer} uses: the normalisers
 * register it themselves, and a file holds the name of this class, so that reading needs no registration. Any other
 * serializer needs {@code addStrategy(new FeatureNormalizerStrategy(ZcaWhitening.class))} before it can write.
 */
public final class FeatureNormalizerStrategy extends CustomSerializerStrategy<DataNormalization> {
    private final Class<? extends DataNormalization> type;

    /** A strategy that reads all and writes none; DL4J creates it by the name in a file. */
    public FeatureNormalizerStrategy() {
        this(DataNormalization.class);
    }

    /** A strategy that reads all and writes one class of this package. */
    public FeatureNormalizerStrategy(Class<? extends DataNormalization> type) {
        this.type = type;
    }

    // DL4J compares it with the class of a normaliser, but its static type is that of the strategy
    @Override
    @SuppressWarnings("unchecked")
    public Class<DataNormalization> getSupportedClass() {
        return (Class<DataNormalization>) type;
    }

    /** Writes a normaliser; the stream stays open. */
    @Override
    public void write(DataNormalization normalizer, OutputStream stream) throws IOException {
        if (!(normalizer instanceof FeatureNormalizer ours)) {
            throw new IOException("no normaliser of " + getClass().getPackageName() + ": " + normalizer);
        }
        DataOutputStream out = new DataOutputStream(stream);
        out.writeUTF(ours.getClass().getSimpleName());
        ours.write(out);
        out.flush();
    }

    @Override
    public DataNormalization restore(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        String name = in.readUTF();
        return switch (name) {
            case "LocalContrastNormalization" -> LocalContrastNormalization.read(in);
            case "UnitNormScaling" -> new UnitNormScaling();
            case "ZcaWhitening" -> ZcaWhitening.read(in);
            default -> throw new IOException("unknown normaliser " + name + ", written by another version?");
        };
    }
}
