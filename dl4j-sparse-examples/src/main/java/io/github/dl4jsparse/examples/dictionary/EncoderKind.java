package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import java.util.Locale;

/** The couplings of which {@code --encoder} takes the one with the least energy on validation patches. */
enum EncoderKind {
    /** {@code u = E_k x + S_k z}: weights of its own in every step. */
    FREE,
    /** {@code u = z + E_k (x - D z)}: LISTA-CP. */
    LEARNED;

    /** Sets coupling and sharing of a layer. */
    ListaLayer.Builder configure(ListaLayer.Builder builder) {
        return builder.coupling(this == FREE ? Coupling.free() : Coupling.learned())
                .untied(true);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + ", untied";
    }
}
