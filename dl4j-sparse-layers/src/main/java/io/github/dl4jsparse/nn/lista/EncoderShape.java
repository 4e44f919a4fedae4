package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.function.Supplier;

/**
 * The sizes that determine the shapes of an unrolled encoder's parameters.
 *
 * @param steps        K
 * @param untied       whether every step has weights of its own
 * @param tied         whether the decoder is the transpose of the encoder
 * @param atom         elements of an atom
 * @param units        number of units with weights of their own
 * @param thresholds   number of thresholds of one step
 * @param isTransposed whether the filters of the encoder are columns
 * @param recurrent    the shape of the free recurrent weights of one step
 */
record EncoderShape(
        int steps,
        boolean untied,
        boolean tied,
        long atom,
        long units,
        long thresholds,
        boolean isTransposed,
        Supplier<long[]> recurrent) {

    /** The sizes of a layer whose input type is known. */
    static EncoderShape of(ListaConf conf) {
        return of(conf, conf.atomSize(), conf.ownUnits(), EncoderChoices.thresholds(conf), conf::recurrentShape);
    }

    /** Placeholder sizes, for the names of parameters only. */
    static EncoderShape unknown(ListaConf conf) {
        Shrinkage shrinkage = conf.getShrinkage();
        int thresholds = shrinkage.thresholds(Math.toIntExact(Math.max(1, shrinkage.units())));
        return of(conf, 0, 0, thresholds, () -> new long[2]);
    }

    private static EncoderShape of(ListaConf conf, long atom, long units, long thresholds, Supplier<long[]> recurrent) {
        int steps = conf.getIterations();
        boolean untied = conf.isUntied() && steps > 1;
        return new EncoderShape(
                steps, untied, conf.isTiedDecoder(), atom, units, thresholds, conf.isEncoderTransposed(), recurrent);
    }

    /** The shape of the encoder, with a block of rows a step where steps are untied. */
    long[] encoder() {
        long[] one = isTransposed ? new long[] {atom, units} : new long[] {units, atom};
        return new long[] {untied ? steps * one[0] : one[0], one[1]};
    }
}
