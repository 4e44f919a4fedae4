package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.internal.backend.KernelWarning;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.internal.math.PowerIteration;
import io.github.dl4jsparse.operator.DenseOperator;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The smooth part of an energy as a quadratic form in the code, for one batch.
 * <p>\[ \tfrac12 \langle z, H z \rangle - \langle c, z \rangle + \tfrac12 s, \qquad H = D^{\top} D + \alpha I,
 * \quad c = D^{\top} x + \alpha f, \quad s = \lVert x \rVert^2 + \alpha \lVert f \rVert^2 \]
 * <p>A product with H is one matrix product where the Gram matrix is smaller than the two factors, else two. Codes are
 * matrices {@code [batch, nCode]} here, for any shape of the decoder's codes.
 */
final class Quadratic {
    /** Energies below this fraction of |x|^2 / 2 are computed from the residual, in single and in double precision. */
    private static final double CANCELLED_SINGLE = 1e-2;

    private static final double CANCELLED_DOUBLE = 1e-6;

    private final Energy energy;
    private final INDArray input;
    private final DataType type;
    private final long[] codeShape;
    private final INDArray gram;
    private final INDArray output;
    private final INDArray linear;
    private final double[] squares;
    private final double constant;
    private final BatchCheck check;
    private final SharedGram shared;

    private Quadratic(Energy energy, INDArray input, INDArray gram, SharedGram shared) {
        this.shared = shared;
        KernelWarning.warnOnce();
        this.energy = energy;
        this.input = input;
        type = input.dataType();
        codeShape = energy.decoder().inputShape(input.shape());
        long units = rowLength(codeShape);
        requireUnits(energy, units);
        this.gram = gram;
        output = gram == null ? Nd4j.createUninitialized(input.dataType(), input.shape(), 'c') : null;
        linear = newCode();
        energy.decoder().adjoint(input, natural(linear), 0);
        check = gram == null ? BatchCheck.of(energy.decoder(), input, linear) : BatchCheck.NONE;
        squares = Norms.squaredRows(Energy.rows(input));
        if (energy.predictionWeight() > 0) {
            INDArray f = prediction();
            linear.addi(f.mul(energy.predictionWeight()));
            double[] ofPrediction = Norms.squaredRows(f);
            Arrays.setAll(squares, i -> squares[i] + energy.predictionWeight() * ofPrediction[i]);
        }
        constant = Arrays.stream(squares).sum() / 2;
    }

    /** Refuses a problem with values that are not finite or whose squares overflow. */
    Quadratic requireFinite() {
        if (!Finite.all(linear) || !Double.isFinite(constant)) {
            throw Args.failure("input", "finite, like the decoder and the prediction", "NaN or infinite values");
        }
        if (constant < 1e-290 && linear.amaxNumber().doubleValue() > 0) {
            throw Args.failure(
                    "input",
                    "of a squared norm that double precision holds (or scaled, like the weight of the penalty)",
                    2 * constant);
        }
        return this;
    }

    /** The quadratic form of a batch. */
    static Quadratic of(Energy energy, INDArray input) {
        return of(energy, input, new SharedGram(energy, input.dataType(), input.shape()));
    }

    /** The quadratic form of a block of a batch. */
    static Quadratic of(Energy energy, INDArray input, SharedGram shared) {
        return new Quadratic(energy, input, shared.gram(), shared);
    }

    /**
     * The quadratic form of a batch by a Gram matrix, which is not computed again.
     *
     * @param gram {@link #gram(Energy, Solver)} of the energy, of the type of the input
     */
    static Quadratic withGram(Energy energy, INDArray input, INDArray gram) {
        return new Quadratic(energy, input, gram, null);
    }

    /**
     * {@code D'D} of a dense decoder.
     *
     * @throws IllegalArgumentException if the decoder is another
     */
    static INDArray gram(Energy energy, Solver solver) {
        if (energy.decoder() instanceof DenseOperator dense) {
            return dense.gram();
        }
        throw Args.failure(
                "decoder",
                "a DenseOperator for " + solver.getClass().getSimpleName() + " (use "
                        + Solvers.bestFor(energy).getClass().getSimpleName() + " for others)",
                energy.decoder().getClass().getSimpleName());
    }

    private static void requireUnits(Energy energy, long units) {
        long expected = energy.penalty().units();
        if (expected != 0 && expected != units) {
            throw Args.failure("penalty", "for codes of " + units + " units as the decoder's", expected + " units");
        }
    }

    private static long rowLength(long[] shape) {
        return Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    }

    /** A code in the decoder's shape as a matrix, checked. */
    private INDArray requireShape(String name, INDArray code) {
        if (!Arrays.equals(code.shape(), codeShape)) {
            throw Args.failure(name, "of shape " + Arrays.toString(codeShape), Arrays.toString(code.shape()));
        }
        return Energy.rows(code);
    }

    /** A copy of a start, or zeros where there is none. */
    INDArray start(INDArray code) {
        return code == null
                ? newCode().assign(0)
                : requireShape("start", code).castTo(type).dup('c');
    }

    /** A matrix of codes in the decoder's shape. */
    INDArray natural(INDArray rows) {
        return codeShape.length == 2 ? rows : rows.reshape('c', codeShape);
    }

    /** A new array for codes. */
    INDArray newCode() {
        return Nd4j.createUninitialized(type, new long[] {codeShape[0], rowLength(codeShape)}, 'c');
    }

    /** {@code result = H code}. */
    void product(INDArray code, INDArray result) {
        if (gram != null) {
            Nd4j.gemm(code, gram, result, false, false, 1, 0);
        } else {
            energy.decoder().apply(natural(code), output, 0);
            energy.decoder().adjoint(output, natural(result), 0);
        }
        if (energy.predictionWeight() > 0) {
            Nd4j.getBlasWrapper().level1().axpy(code.length(), energy.predictionWeight(), code, result);
        }
    }

    /** c, {@code [batch, nCode]}; to be read only. */
    INDArray linear() {
        return linear;
    }

    /** Half of the sum of s. */
    double constant() {
        return constant;
    }

    /** s of each example; to be read only. */
    double[] squares() {
        return squares;
    }

    /** {@code D'D}, without alpha; null unless there is one. */
    INDArray gram() {
        return gram;
    }

    /**
     * The smooth energy of the whole batch: by the quadratic form, which needs no further product, or by the residual
     * where the quadratic form is a small difference of large numbers, or its products over- or underflow.
     */
    double value(INDArray code, INDArray product) {
        double value = constant + dot(code, product) / 2 - dot(code, linear);
        double least = (type == DataType.FLOAT ? CANCELLED_SINGLE : CANCELLED_DOUBLE) * constant;
        return holdsSquares() && value > least && value < Double.POSITIVE_INFINITY
                ? value
                : residual(code).value();
    }

    private boolean holdsSquares() {
        return type != DataType.FLOAT || (constant > 1e-20 && constant < 1e30);
    }

    /** Codes in a type in which their penalties do not over- or underflow: double precision where single would. */
    INDArray wide(INDArray code) {
        return holdsSquares() ? code : code.castTo(DataType.DOUBLE);
    }

    /** The residual of a code for the input and, where there is one, for the prediction. */
    Residual residual(INDArray code) {
        INDArray ofInput = energy.residual(input, natural(code));
        INDArray ofPrediction = energy.predictionWeight() > 0 ? prediction().sub(code) : null;
        return new Residual(energy, ofInput, ofPrediction);
    }

    private INDArray prediction() {
        return requireShape("prediction", energy.prediction()).castTo(type);
    }

    static double dot(INDArray a, INDArray b) {
        return Nd4j.getBlasWrapper().dot(a, b);
    }

    /** An upper bound of the largest eigenvalue of H, 1 where H is zero. */
    double lipschitz() {
        check.requireApplicable();
        double largest = shared.largest(this::largest);
        check.requireAlike(largest);
        double bound = largest + energy.predictionWeight();
        return bound > 0 ? bound : 1;
    }

    /** An upper bound of the largest eigenvalue of {@code D'D}. */
    private double largest() {
        if (gram != null) {
            return PowerIteration.upperBound(gram::mmul, type, gram.rows(), 1);
        }
        return energy.decoder().dependsOnBatch()
                ? PowerIteration.upperBoundOfRows(this::normal, type, codeShape[0], rowLength(codeShape))
                : PowerIteration.upperBound(this::normal, type, 1, rowLength(codeShape));
    }

    /** {@code D'D v} of some codes. */
    private INDArray normal(INDArray codes) {
        long[] shape = codeShape.clone();
        shape[0] = codes.size(0);
        INDArray result = Nd4j.createUninitialized(codes.dataType(), codes.shape(), 'c');
        INDArray image =
                Nd4j.createUninitialized(codes.dataType(), energy.decoder().outputShape(shape), 'c');
        energy.decoder().apply(codes.reshape('c', shape), image, 0);
        energy.decoder().adjoint(image, result.reshape('c', shape), 0);
        return result;
    }
}
