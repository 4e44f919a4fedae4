package io.github.dl4jsparse.group;

import io.github.dl4jsparse.math.HostArrays;
import io.github.dl4jsparse.math.HostRows;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The map from units to groups and its adjoint, in the way that is fastest for the kind of groups. */
interface Pooling {
    /** Entries of the largest membership matrix that is kept: 64 MB in single precision. */
    long LARGEST_MATRIX = 1L << 24;
    /** Entries of a membership matrix from which on two smaller products are faster. */
    long LARGE_MATRIX = 1L << 16;

    INDArray pool(INDArray squares);

    INDArray spread(INDArray perGroup);

    static Pooling of(Groups groups) {
        int size = groups.blockSize();
        if (size > 0) {
            return new OfBlocks(size);
        }
        long entries = (long) groups.units() * groups.count();
        GroupOrigin origin = groups.origin();
        if (entries > LARGE_MATRIX && origin != null) {
            return origin.isProduct()
                    ? new OfProduct(origin.first(), origin.second())
                    : new OfRenumbered(origin.first(), origin.numbers());
        }
        return entries <= LARGEST_MATRIX ? new OfMatrix(groups) : new OfLists(groups);
    }

    /** Blocks of consecutive units: a view of the code with one row a block. */
    record OfBlocks(int size) implements Pooling {
        @Override
        public INDArray pool(INDArray squares) {
            INDArray blocks = squares.dup('c').reshape('c', squares.length() / size, size);
            return blocks.mmul(Nd4j.ones(squares.dataType(), size, 1))
                    .reshape('c', squares.size(0), squares.size(1) / size);
        }

        @Override
        public INDArray spread(INDArray perGroup) {
            return Nd4j.gemm(
                            perGroup.dup('c').reshape('c', perGroup.length(), 1),
                            Nd4j.ones(perGroup.dataType(), 1, size),
                            false,
                            false)
                    .dup('c')
                    .reshape('c', perGroup.size(0), perGroup.size(1) * size);
        }
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
            return squares.mmul(matrix(squares.dataType()));
        }

        @Override
        public INDArray spread(INDArray perGroup) {
            return Nd4j.gemm(perGroup, matrix(perGroup.dataType()), false, true);
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

    /** One axis after the other: a row of a map by the groups over columns, then a column by those over rows. */
    record OfProduct(Groups rows, Groups columns) implements Pooling {
        @Override
        public INDArray pool(INDArray squares) {
            INDArray half = turned(columns.pool(lines(squares, columns.units())), rows.units());
            return lines(turned(rows.pool(half), columns.count()), (long) rows.count() * columns.count());
        }

        @Override
        public INDArray spread(INDArray perGroup) {
            INDArray half = turned(columns.spread(lines(perGroup, columns.count())), rows.count());
            return lines(turned(rows.spread(half), columns.units()), (long) rows.units() * columns.units());
        }

        private static INDArray lines(INDArray array, long width) {
            return array.reshape('c', array.length() / width, width);
        }

        /** Matrices of some rows each, one below the other, transposed. */
        private static INDArray turned(INDArray matrices, long rows) {
            long columns = matrices.size(1);
            long count = matrices.size(0) / rows;
            INDArray turned =
                    matrices.reshape('c', count, rows, columns).permute(0, 2, 1).dup('c');
            return turned.reshape('c', count * columns, rows);
        }
    }

    /** Exchanges columns before or after. */
    record OfRenumbered(Groups groups, int[] numbers) implements Pooling {
        @Override
        public INDArray pool(INDArray squares) {
            return groups.pool(moved(squares, false));
        }

        @Override
        public INDArray spread(INDArray perGroup) {
            return moved(groups.spread(perGroup), true);
        }

        /** Column numbers[i] becomes column i; back, column i becomes column numbers[i]. */
        private INDArray moved(INDArray array, boolean back) {
            Object from = HostArrays.plain(array);
            int length = Math.toIntExact(array.length());
            Object to = HostArrays.room(from, length);
            int width = numbers.length;
            for (int start = 0; start < length; start += width) {
                for (int i = 0; i < width; i++) {
                    int f = start + (back ? i : numbers[i]);
                    int t = start + (back ? numbers[i] : i);
                    if (from instanceof float[] single) {
                        ((float[]) to)[t] = single[f];
                    } else {
                        ((double[]) to)[t] = ((double[]) from)[f];
                    }
                }
            }
            INDArray result = Nd4j.createUninitialized(array.dataType(), array.shape(), 'c');
            HostArrays.write(to, result, 0);
            return result;
        }
    }

    /** Loops over the members, where a dense matrix would be too large. */
    record OfLists(Groups groups) implements Pooling {
        @Override
        public INDArray pool(INDArray squares) {
            return HostRows.map(
                    groups.count(),
                    (rows, result) -> {
                        for (int g = 0; g < groups.count(); g++) {
                            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                                result[g] += groups.weight(i) * rows[0][groups.member(i)];
                            }
                        }
                    },
                    squares);
        }

        @Override
        public INDArray spread(INDArray perGroup) {
            return HostRows.map(
                    groups.units(),
                    (rows, result) -> {
                        for (int g = 0; g < groups.count(); g++) {
                            for (int i = groups.start(g); i < groups.start(g + 1); i++) {
                                result[groups.member(i)] += groups.weight(i) * rows[0][g];
                            }
                        }
                    },
                    perGroup);
        }
    }
}
