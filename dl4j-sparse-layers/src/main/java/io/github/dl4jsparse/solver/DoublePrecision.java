package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A problem converted to double precision. Coordinate descent works with the Gram matrix and correlations instead of
 * residuals; its differences are then exact to 1e-16 of the squares of the inputs, instead of 1e-7 in single precision.
 * Proximal gradient methods continue in it where rounding prevents them from reaching their tolerance.
 *
 * @param energy with a decoder in double precision; if it can't be cast, the whole problem is not converted
 * @param input  x, in double precision
 * @param start  in double precision, or null
 * @param type   of the original input
 */
record DoublePrecision(Energy energy, INDArray input, INDArray start, DataType type) {
    /** Whether a problem can be converted that is not in double precision yet. */
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

    /** A solution of this problem with codes of the type of the original input. */
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
