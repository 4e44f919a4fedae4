package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Elementwise;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The energy of an input and a code, which solvers minimise and layers learn to minimise.
 * <p>\[ E(x, z) = \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z) + \tfrac{\alpha}{2} \lVert z - f \rVert_2^2 \]
 * where D is the decoder and f an encoder's prediction of the code, as in predictive sparse decomposition; without a
 * prediction alpha is 0.
 * <p>Shapes: {@code x: [batch, ...]}, {@code z, f: [batch, ...]} as the decoder maps them; penalties take codes as
 * {@code [batch, nCode]}.
 * <p>Reference: Kavukcuoglu, Ranzato and LeCun, Fast inference in sparse coding algorithms with applications to object
 * recognition, 2008, arXiv:1010.3467.
 *
 * @param decoder          D, kept by reference
 * @param penalty          on the code
 * @param predictionWeight alpha, finite and &gt;= 0
 * @param prediction       f, not modified; null exactly if alpha is 0
 */
public record Energy(LinearOperator decoder, Penalty penalty, double predictionWeight, @Nullable INDArray prediction) {
    /** @throws IllegalArgumentException if a part is missing or alpha is not finite and &gt;= 0 */
    public Energy {
        Args.given("decoder", decoder);
        Args.given("penalty", penalty);
        Args.nonNegative("predictionWeight", predictionWeight);
        if (predictionWeight > 0 != (prediction != null)) {
            throw Args.failure("prediction", "given exactly if its weight is above 0", prediction);
        }
    }

    /** An energy without prediction. */
    public Energy(LinearOperator decoder, Penalty penalty) {
        this(decoder, penalty, 0, null);
    }

    /**
     * This energy with a prediction term for a given code.
     *
     * @param weight alpha, finite and &gt; 0
     * @param code   f. Not modified.
     */
    public Energy near(INDArray code, double weight) {
        return new Energy(decoder, penalty, Args.positive("predictionWeight", weight), Args.given("prediction", code));
    }

    /**
     * The reconstruction {@code D z} of a code.
     *
     * @return a new array
     */
    public INDArray image(INDArray code) {
        INDArray image = Nd4j.createUninitialized(code.dataType(), decoder.outputShape(code.shape()), 'c');
        decoder.apply(code, image, 0);
        return image;
    }

    /**
     * The residual {@code x - D z}.
     *
     * @return a new array of the shape of the input
     */
    public INDArray residual(INDArray input, INDArray code) {
        INDArray residual = Nd4j.createUninitialized(input.dataType(), input.shape(), 'c');
        decoder.apply(code, residual, 0);
        return Elementwise.differences(residual, input, residual);
    }

    /**
     * The energy of each example.
     *
     * @param input x. Not modified.
     * @param code  z. Not modified.
     * @return {@code [batch, 1]}, a new array
     */
    public INDArray values(INDArray input, INDArray code) {
        return exact(input, code).castTo(code.dataType());
    }

    /** The energy of all examples together. */
    public double value(INDArray input, INDArray code) {
        return Arrays.stream(HostArrays.doubles(exact(input, code))).sum();
    }

    /** Codes of any shape as a matrix {@code [batch, nCode]}; a view where the array allows. */
    public static INDArray rows(INDArray code) {
        return code.rank() == 2 ? code : code.reshape('c', code.size(0), code.length() / code.size(0));
    }

    /** The energies in double precision, because squares may overflow in single precision. */
    private INDArray exact(INDArray input, INDArray code) {
        INDArray values = halfSquares(residual(input, code))
                .addi(penalty.values(Norms.squarable(rows(code))).castTo(DataType.DOUBLE));
        return predictionWeight > 0
                ? values.addi(halfSquares(code.sub(prediction)).muli(predictionWeight))
                : values;
    }

    private static INDArray halfSquares(INDArray array) {
        double[] squares = Norms.squaredRows(rows(array));
        return Nd4j.createFromArray(squares).reshape(squares.length, 1).muli(0.5);
    }
}
