package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A problem of any type in double precision. Coordinate descent works with the Gram matrix and correlations in place of residuals; the
 * differences that it takes are exact to 1e-16 of the inputs' squares then, where single precision would leave 1e-7. Proximal gradient
 * methods go on in it where rounding keeps them from their tolerance.
 *
 * @param energy with a decoder in double precision; one that can't be cast is left as it is, and so is all else
 * @param input  x, in double precision
 * @param start  in double precision, or null
 * @param type   of the input that was given
 */
record DoublePrecision(Energy energy, INDArray input, INDArray start, DataType type) {
    /** Whether a problem that is not in double precision yet can be. */
    static boolean isFiner(Energy energy, INDArray input) {
        return input.dataType() != DataType.DOUBLE
                && energy.decoder().castTo(DataType.DOUBLE).isPresent();
    }

    /** An energy with its decoder in double precision, where that can be. */
    static Energy ofDecoder(Energy energy) {
        return energy.decoder()
                .castTo(DataType.DOUBLE)
                .map(fine -> new Energy(fine, energy.penalty(), energy.predictionWeight(), energy.prediction()))
                .orElse(energy);
    }

    static DoublePrecision of(Energy energy, INDArray input, INDArray start) {
        DataType type = input.dataType();
        Optional<LinearOperator> decoder = energy.decoder().castTo(DataType.DOUBLE);
        if (type == DataType.DOUBLE || decoder.isEmpty()) {
            return new DoublePrecision(energy, input, start, type);
        }
        Energy wide = new Energy(decoder.get(), energy.penalty(), energy.predictionWeight(), cast(energy.prediction()));
        return new DoublePrecision(wide, cast(input), cast(start), type);
    }

    private static INDArray cast(INDArray array) {
        return array == null ? null : array.castTo(DataType.DOUBLE);
    }

    /** A solution of this problem with codes of the type that the input was given in. */
    Solution narrowed(Solution solution) {
        return new Solution(
                solution.code().castTo(type),
                solution.energies(),
                solution.certificate(),
                solution.worst(),
                solution.iterations(),
                solution.converged());
    }
}
