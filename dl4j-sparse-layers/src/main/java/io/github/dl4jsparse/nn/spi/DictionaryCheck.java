package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses dictionaries with NaN, or with zero atoms, whose units can never be active nor learn. */
final class DictionaryCheck {
    private static final int NAMED = 5;

    private DictionaryCheck() {}

    /**
     * Checks a dictionary.
     *
     * @param dictionary not modified
     * @param shape      rows and units that it must have
     * @return the dictionary itself
     * @throws IllegalArgumentException unless it is a finite matrix of this shape without a zero column
     */
    static INDArray require(INDArray dictionary, long... shape) {
        if (!Arrays.equals(Args.given("dictionary", dictionary).shape(), shape)) {
            throw Args.failure("dictionary", "a matrix " + Arrays.toString(shape), Arrays.toString(dictionary.shape()));
        }
        if (!Finite.all(dictionary)) {
            throw Args.failure("dictionary", "finite", Finite.countBad(dictionary) + " NaN or infinite values");
        }
        double[] largest = dictionary.amax(0).toDoubleVector();
        int[] zero = IntStream.range(0, largest.length)
                .filter(unit -> largest[unit] == 0)
                .toArray();
        if (zero.length > 0) {
            throw Args.failure(
                    "dictionary",
                    "of atoms that are not zero, which could never be active nor learn",
                    zero.length + " zero atoms of " + largest.length + ", units "
                            + Arrays.toString(Arrays.copyOf(zero, Math.min(zero.length, NAMED)))
                            + (zero.length > NAMED ? " and more" : "")
                            + ": leave blank samples out, or draw the dictionary by DataDictionary");
        }
        return dictionary;
    }
}
