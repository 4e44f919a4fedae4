package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Subdifferentiable;
import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The solution of smallest norm of the system of one code, by all eigenvalues of its matrix.
 * <p>\[ M = D_A^{\top} D_A + \alpha I + H_{AA} = \sum_k \lambda_k v_k v_k^{\top}, \qquad
 * u_A = \sum_{|\lambda_k| > \epsilon \max_l |\lambda_l|} \frac{\langle v_k, g_A \rangle}{\lambda_k} v_k \]
 * where A are the active units, H is the Hessian of the penalty and epsilon the part below which an eigenvalue is rounding of the atoms:
 * 1e-6 in single, 1e-10 in double precision. Directions in which the energy does not curve, such as from one of two equal atoms to the
 * other, get none of the gradient: a code has no definite place along them.
 * <p>Shapes: code and gradient {@code [1, ...]}. The matrix is computed in double precision where the decoder allows it.
 * <p>Reference: Golub and Van Loan, Matrix Computations, 4th edition, section 5.5, 2013.
 */
final class MinimumNorm {
    private static final double ROUNDING_SINGLE = 1e-6;
    private static final double ROUNDING_DOUBLE = 1e-10;

    private final LinearOperator decoder;
    private final DataType type;
    private final double predictionWeight;
    private final Subdifferentiable penalty;
    private final double rounding;

    /** @param given the type of the codes */
    MinimumNorm(Energy energy, Subdifferentiable penalty, DataType given) {
        LinearOperator fine = energy.decoder().castTo(DataType.DOUBLE).orElse(null);
        decoder = fine == null ? energy.decoder() : fine;
        type = fine == null ? given : DataType.DOUBLE;
        predictionWeight = energy.predictionWeight();
        this.penalty = penalty;
        rounding = given == DataType.DOUBLE ? ROUNDING_DOUBLE : ROUNDING_SINGLE;
    }

    /**
     * What there is to say about one code.
     *
     * @param solution u, all units
     * @param isSaddle whether the energy curves downwards somewhere
     */
    record Answer(double[] solution, boolean isSaddle) {}

    /**
     * Solves the system.
     *
     * @param code     z of one example, {@code [1, ...]}. Not modified.
     * @param gradient g, as many numbers. Not modified.
     */
    Answer solve(INDArray code, double[] gradient) {
        double[] z = HostArrays.doubles(code);
        int[] active = IntStream.range(0, z.length).filter(i -> z[i] != 0).toArray();
        int count = active.length;
        double[] solution = new double[z.length];
        INDArray vectors = matrix(code, active).dup('f');
        double[] values = Eigen.symmetricGeneralizedEigenvalues(vectors).toDoubleVector();
        double largest = 0;
        double least = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
            least = Math.min(least, value);
        }
        double[] entries = HostArrays.doubles(vectors.transpose());
        for (int k = 0; k < count; k++) {
            if (Math.abs(values[k]) > rounding * largest) {
                double along = 0;
                for (int i = 0; i < count; i++) {
                    along += entries[k * count + i] * gradient[active[i]];
                }
                for (int i = 0; i < count; i++) {
                    solution[active[i]] += along / values[k] * entries[k * count + i];
                }
            }
        }
        return new Answer(solution, least < -rounding * largest);
    }

    /** M, {@code [active, active]} in double precision, by its products with the unit vectors. */
    private INDArray matrix(INDArray code, int[] active) {
        int count = active.length;
        long units = code.length();
        double[] unitVectors = new double[Math.multiplyExact(count, Math.toIntExact(units))];
        for (int k = 0; k < count; k++) {
            unitVectors[Math.toIntExact(k * units + active[k])] = 1;
        }
        INDArray directions = Nd4j.create(unitVectors, new long[] {count, units}, type);
        long[] shape = code.shape().clone();
        shape[0] = count;
        INDArray images = Nd4j.createUninitialized(type, decoder.outputShape(shape), 'c');
        decoder.apply(directions.reshape('c', shape), images, 0);
        INDArray products = Nd4j.createUninitialized(type, shape, 'c');
        decoder.adjoint(images, products, 0);
        INDArray rows = products.reshape('c', count, units).addi(directions.mul(predictionWeight));
        INDArray codes = code.castTo(type).reshape('c', 1, units).broadcast(count, units).dup('c');
        penalty.addHessianProduct(codes, directions, rows);
        double[] all = HostArrays.doubles(rows);
        double[] matrix = new double[count * count];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < count; i++) {
                double there = all[Math.toIntExact(k * units + active[i])];
                double back = all[Math.toIntExact(i * units + active[k])];
                matrix[k * count + i] = (there + back) / 2;
            }
        }
        return Nd4j.create(matrix, new long[] {count, count}, DataType.DOUBLE);
    }
}
