package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Subdifferentiable;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Rows;
import io.github.dl4jsparse.operator.LinearOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The solution of smallest norm of the linear system of one code, by the eigenvalues of its matrix.
 * <p>\[ M = D_A^{\top} D_A + \alpha I + H_{AA} = \sum_k \lambda_k v_k v_k^{\top}, \qquad
 * u_A = \sum_{|\lambda_k| > \epsilon \max_l |\lambda_l|} \frac{\langle v_k, g_A \rangle}{\lambda_k} v_k \]
 * where A are the active units, H is the Hessian of the penalty and epsilon the relative size below which an eigenvalue
 * is rounding error of the atoms: 1e-6 in single, 1e-10 in double precision. Directions without curvature, such as from
 * one of two equal atoms to the other, get no gradient: the minimiser is not unique along them.
 * <p>Shapes: codes {@code [batch, ...]}. The matrix is computed in double precision where the decoder allows it.
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
     * The result for one code.
     *
     * @param solution u, all units
     * @param isSaddle whether the energy curves downwards somewhere
     */
    record Answer(double[] solution, boolean isSaddle) {}

    /**
     * Solves the system.
     *
     * @param codes    z of the batch. Not modified.
     * @param row      which example
     * @param gradient g, of the same length. Not modified.
     */
    Answer solve(INDArray codes, int row, double[] gradient) {
        INDArray code = Rows.of(Energy.rows(codes), row, 1);
        double[] z = HostArrays.doubles(code);
        int[] active = IntStream.range(0, z.length).filter(i -> z[i] != 0).toArray();
        int count = active.length;
        double[] solution = new double[z.length];
        INDArray vectors = matrix(codes.shape(), row, code, active).dup('f');
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

    /**
     * {@code D'D} of many codes of one example: as one batch or, for a decoder that depends on the batch, each as the
     * example's row in a batch of zeros.
     */
    private INDArray products(long[] shape, int row, INDArray directions) {
        if (!decoder.dependsOnBatch()) {
            shape[0] = directions.size(0);
            return normal(directions.reshape('c', shape)).reshape('c', directions.shape());
        }
        INDArray products = directions.ulike();
        for (long k = 0; k < directions.size(0); k++) {
            INDArray batch = Nd4j.zeros(type, shape[0], directions.size(1));
            Rows.of(batch, row, 1).assign(Rows.of(directions, k, 1));
            INDArray image = Energy.rows(normal(batch.reshape('c', shape)));
            Rows.of(products, k, 1).assign(Rows.of(image, row, 1));
        }
        return products;
    }

    private INDArray normal(INDArray codes) {
        INDArray images = Nd4j.createUninitialized(type, decoder.outputShape(codes.shape()), 'c');
        decoder.apply(codes, images, 0);
        INDArray products = Nd4j.createUninitialized(type, codes.shape(), 'c');
        decoder.adjoint(images, products, 0);
        return products;
    }

    /** M, {@code [active, active]} in double precision, by its products with the unit vectors. */
    private INDArray matrix(long[] batchShape, int row, INDArray code, int[] active) {
        int count = active.length;
        long units = code.length();
        double[] unitVectors = new double[Math.multiplyExact(count, Math.toIntExact(units))];
        for (int k = 0; k < count; k++) {
            unitVectors[Math.toIntExact(k * units + active[k])] = 1;
        }
        INDArray directions = Nd4j.create(unitVectors, new long[] {count, units}, type);
        INDArray rows = products(batchShape.clone(), row, directions).addi(directions.mul(predictionWeight));
        INDArray codes =
                code.castTo(type).reshape('c', 1, units).broadcast(count, units).dup('c');
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
