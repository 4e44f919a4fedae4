package io.github.dl4jsparse.internal.math;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products into arrays of the caller's, which may be any views.
 * <p>\[ C \leftarrow A B + \beta C \]
 * where A and B may be transposed. BLAS writes into C directly where C is contiguous in either order, has the type of
 * the factors and shares no memory with them; otherwise the product is computed in a temporary array first. ND4J's
 * {@code gemm} refuses these cases.
 * <p>Shapes: {@code A: [m, k]}, {@code B: [k, n]}, {@code C: [m, n]}.
 */
public final class Products {
    private Products() {}

    /**
     * Multiplies two matrices.
     *
     * @param a      Not modified.
     * @param b      of the type in which the product is computed. Not modified.
     * @param result Modified in place.
     * @param beta   0 to overwrite, 1 to add
     * @throws IllegalArgumentException if the shapes do not fit each other
     */
    public static void into(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray result, double beta) {
        long[] shape = {a.size(transposeA ? 1 : 0), b.size(transposeB ? 0 : 1)};
        if (!Arrays.equals(Args.given("result", result).shape(), shape)) {
            throw Args.failure("result", "of shape " + Arrays.toString(shape), Arrays.toString(result.shape()));
        }
        DataType type = b.dataType();
        INDArray left = a.castTo(type);
        boolean direct = result.dataType() == type
                && isContiguous(result)
                && !Memory.isShared(result, left)
                && !Memory.isShared(result, b);
        INDArray target = direct ? result : beta == 0 ? Nd4j.createUninitialized(type, shape) : own(result, type);
        Nd4j.gemm(left, b, target, transposeA, transposeB, 1, beta);
        if (!direct) {
            result.assign(target);
        }
    }

    /** A copy of another type. */
    private static INDArray own(INDArray array, DataType type) {
        return array.dataType() == type ? array.dup() : array.castTo(type);
    }

    /** Whether the elements lie one after the other in c or in f order. */
    private static boolean isContiguous(INDArray matrix) {
        long[] stride = matrix.stride();
        long rows = matrix.size(0);
        long columns = matrix.size(1);
        boolean inRows = (columns == 1 || stride[1] == 1) && (rows == 1 || stride[0] == columns);
        boolean inColumns = (rows == 1 || stride[0] == 1) && (columns == 1 || stride[1] == rows);
        return matrix.ordering() == 'c' ? inRows : inColumns;
    }

    /** The addresses of arrays in memory. */
    private static final class Memory {
        private Memory() {}

        /** Whether the ranges of memory that two arrays span overlap. */
        static boolean isShared(INDArray a, INDArray b) {
            long startA = a.data().address();
            long startB = b.data().address();
            return startA < startB + span(b) && startB < startA + span(a);
        }

        private static long span(INDArray array) {
            long last = 0;
            for (int axis = 0; axis < array.rank(); axis++) {
                last += (array.size(axis) - 1) * array.stride(axis);
            }
            return (last + 1) * array.dataType().width();
        }
    }
}
