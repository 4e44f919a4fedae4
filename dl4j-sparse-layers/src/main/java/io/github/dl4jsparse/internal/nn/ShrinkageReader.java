package io.github.dl4jsparse.internal.nn;

import io.github.dl4jsparse.internal.io.NamedValueReader;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.Map;

/**
 * Reads the shrinkage of a layer's configuration, also in files of earlier versions, which hold only the name,
 * {@code "SOFT"} or {@code "NON_NEGATIVE"}.
 * <p>Errors: another name is refused as JSON that does not fit.
 */
public final class ShrinkageReader extends NamedValueReader<Shrinkage> {
    /** For Jackson. */
    public ShrinkageReader() {
        super(Shrinkage.class, "a shrinkage", Map.of("NON_NEGATIVE", Shrinkage.NON_NEGATIVE, "SOFT", Shrinkage.SOFT));
    }
}
