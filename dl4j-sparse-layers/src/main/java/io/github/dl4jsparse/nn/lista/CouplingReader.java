package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.io.NamedValueReader;
import java.util.Map;

/**
 * Reads the coupling of a layer's configuration, also in files of earlier versions, which hold only the name of a
 * recurrence, {@code "FREE"} or {@code "DICTIONARY"}.
 * <p>Errors: another name is refused as JSON that does not fit.
 */
final class CouplingReader extends NamedValueReader<Coupling> {
    /** For Jackson. */
    CouplingReader() {
        super(Coupling.class, "a recurrence", Map.of("DICTIONARY", Coupling.dictionary(), "FREE", Coupling.free()));
    }
}
