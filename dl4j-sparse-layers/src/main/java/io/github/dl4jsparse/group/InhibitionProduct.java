package io.github.dl4jsparse.group;

import io.github.dl4jsparse.internal.math.Elementwise;
import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.internal.math.Products;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The product of codes with an inhibition matrix, by the fastest algorithm for its size. */
interface InhibitionProduct {
    /** The largest number of units for which a dense matrix is stored: 64 MB in single precision. */
    int LARGEST_DENSE = 1 << 12;

    /** {@code result = factor * (the product with each code)}. */
    void multiply(INDArray magnitudes, double factor, INDArray result);

    static InhibitionProduct of(InhibitionMatrix matrix) {
        return matrix.units <= LARGEST_DENSE ? new OfMatrix(matrix) : new OfPairs(matrix);
    }

    /** One product of matrices. */
    final class OfMatrix implements InhibitionProduct {
        private final InhibitionMatrix matrix;
        private volatile INDArray dense;

        OfMatrix(InhibitionMatrix matrix) {
            this.matrix = matrix;
        }

        @Override
        public void multiply(INDArray magnitudes, double factor, INDArray result) {
            DataType type = magnitudes.dataType();
            INDArray s = dense;
            if (s == null || s.dataType() != type) {
                s = Nd4j.create(matrix.toArray()).castTo(type).detach();
                dense = s;
            }
            INDArray strengths = s;
            INDArray m = magnitudes.ordering() == 'c' ? magnitudes : magnitudes.dup('c');
            Blocks blocks = RowBlocks.ofProduct(m.size(0));
            blocks.forEach(block -> {
                INDArray part = RowBlocks.examples(result, blocks, block);
                Products.into(RowBlocks.examples(m, blocks, block), false, strengths, false, part, 0);
                if (factor != 1) {
                    Elementwise.multiply(part, factor);
                }
            });
        }
    }

    /**
     * The sum of a code times the most frequent strength, and a loop over the listed pairs: for codes too large for a
     * dense matrix.
     */
    record OfPairs(InhibitionMatrix matrix) implements InhibitionProduct {
        @Override
        public void multiply(INDArray magnitudes, double factor, INDArray result) {
            HostRows.replace(
                    result, (rows, sums) -> InhibitionProduct.multiply(matrix, rows[0], factor, sums), magnitudes);
        }
    }

    /** {@code result = factor * S m} of one code. */
    static void multiply(InhibitionMatrix matrix, double[] m, double factor, double[] result) {
        double all = matrix.elsewhere * Arrays.stream(m).sum();
        for (int i = 0; i < matrix.units; i++) {
            double sum = all + (matrix.diagonal(i) - matrix.elsewhere) * m[i];
            for (int place = matrix.offsets[i]; place < matrix.offsets[i + 1]; place++) {
                sum += (matrix.strengths[place] - matrix.elsewhere) * m[matrix.partners[place]];
            }
            result[i] = factor * sum;
        }
    }

    /** See {@link InhibitionMatrix#spectralBound}. */
    static double spectralBound(InhibitionMatrix matrix) {
        int maxIterations = 300;
        double[] v = new double[matrix.units];
        double[] image = new double[matrix.units];
        Arrays.fill(v, 1);
        double best = Double.POSITIVE_INFINITY;
        double shift = 0;
        for (int k = 0; k < maxIterations; k++) {
            multiply(matrix, v, 1, image);
            double bound = 0;
            double norm = 0;
            for (int i = 0; i < v.length; i++) {
                bound = Math.max(bound, image[i] / v[i]);
                // the shift keeps v positive, and prevents oscillation on a bipartite graph
                image[i] += shift * v[i];
                norm = Math.max(norm, image[i]);
            }
            boolean settled = bound > best * (1 - 1e-9);
            best = Math.min(best, bound);
            if (best == 0 || (settled && k > 0)) {
                break;
            }
            if (shift == 0) {
                shift = best / 4;
                for (int i = 0; i < v.length; i++) {
                    image[i] += shift;
                    norm = Math.max(norm, image[i]);
                }
            }
            for (int i = 0; i < v.length; i++) {
                v[i] = Math.max(image[i] / norm, Double.MIN_NORMAL);
            }
        }
        // a bound of the rounding error of the sums
        return best * (1 + matrix.units * 1e-15);
    }
}
