package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.RowBlocks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The map from units to groups and its adjoint, by the fastest algorithm for the kind of groups. */
interface Pooling {
    /** Entries of the largest membership matrix that is stored: 64 MB in single precision. */
    long LARGEST_MATRIX = 1L << 24;
    /**
     * The time of a loop for one member, relative to that of a matrix product for one entry of the membership matrix.
     */
    int ENTRIES_OF_A_MEMBER = 50;

    INDArray pool(INDArray squares);

    INDArray poolAdjoint(INDArray perGroup);

    static Pooling of(Groups groups) {
        long entries = (long) groups.units() * groups.count();
        long members = groups.start(groups.count());
        boolean isDense = members * ENTRIES_OF_A_MEMBER > entries && entries <= LARGEST_MATRIX;
        return isDense && groups.blockSize() == 0 && groups.origin() == null
                ? new OfMatrix(groups)
                : new OfRows(groups);
    }

    /** One product with a dense matrix {@code [units, groups]}. */
    final class OfMatrix implements Pooling {
        private final Groups groups;
        private volatile INDArray matrix;

        OfMatrix(Groups groups) {
            this.groups = groups;
        }

        @Override
        public INDArray pool(INDArray squares) {
            INDArray matrix = matrix(squares.dataType());
            return RowBlocks.map(RowBlocks.ofProduct(squares.size(0)), squares, part -> part.mmul(matrix));
        }

        @Override
        public INDArray poolAdjoint(INDArray perGroup) {
            INDArray matrix = matrix(perGroup.dataType());
            return RowBlocks.map(
                    RowBlocks.ofProduct(perGroup.size(0)), perGroup, part -> Nd4j.gemm(part, matrix, false, true));
        }

        private INDArray matrix(DataType type) {
            INDArray result = matrix;
            if (result == null || result.dataType() != type) {
                result = Nd4j.create(dense()).castTo(type).detach();
                matrix = result;
            }
            return result;
        }

        private double[][] dense() {
            double[][] dense = new double[groups.units()][groups.count()];
            for (int g = 0; g < groups.count(); g++) {
                for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                    dense[groups.member(i)][g] = groups.weight(i);
                }
            }
            return dense;
        }
    }

    /** Loops over Java arrays, one code after the other. */
    record OfRows(Groups groups) implements Pooling {
        @Override
        public INDArray pool(INDArray squares) {
            return HostRows.map(groups.count(), (rows, sums) -> groups.pool(rows[0], 0, sums, 0), squares);
        }

        @Override
        public INDArray poolAdjoint(INDArray perGroup) {
            return HostRows.map(groups.units(), (rows, sums) -> groups.poolAdjoint(rows[0], 0, sums, 0), perGroup);
        }
    }
}
