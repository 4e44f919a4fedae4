package io.github.dl4jsparse.task;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.RowBlocks;
import io.github.dl4jsparse.internal.parallel.Blocks;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reconstructions from the units that a sparse code uses, without the shrinkage of the code itself.
 * <p>\[ \hat x = D_S a, \qquad a = \arg\min_a \lVert m \odot (x - D_S a) \rVert_2^2 + \epsilon \lVert a \rVert_2^2 \]
 * where S are the units of the code that are not zero: an L1 penalty selects them and shrinks their values, which least
 * squares on them undoes.
 * <p>Shapes: x and m {@code [batch, n]}, code {@code [batch, units]}, D {@code [n, units]}.
 * <p>Reference: Meinshausen, Relaxed Lasso, Computational Statistics and Data Analysis 52, 2007.
 */
final class SupportRefit {
    private static final double RIDGE = 1e-6;

    private final double[] atoms;
    private final int size;
    private final int units;

    /** @param dictionary D. Not modified. */
    SupportRefit(INDArray dictionary) {
        this.size = Math.toIntExact(dictionary.size(0));
        this.units = Math.toIntExact(dictionary.size(1));
        this.atoms = HostArrays.doubles(dictionary.transpose().dup('c'));
    }

    /**
     * The reconstructions.
     *
     * @param x    not modified
     * @param mask m; null for ones. Not modified.
     * @param code not modified
     * @return {@code [batch, n]} of x's type, a new array
     */
    INDArray reconstruct(INDArray x, INDArray mask, INDArray code) {
        double[] inputs = HostArrays.doubles(x);
        double[] weights = mask == null ? null : HostArrays.doubles(mask);
        double[] codes = HostArrays.doubles(code);
        double[] images = new double[inputs.length];
        Blocks blocks = RowBlocks.of(x.size(0), (long) units * size, RowBlocks.DEAR);
        RowBlocks.run(blocks, b -> {
            int end = Math.toIntExact(blocks.first(b) + blocks.size(b));
            for (int row = Math.toIntExact(blocks.first(b)); row < end; row++) {
                refit(inputs, weights, codes, images, row);
            }
        });
        INDArray result = x.ulike();
        HostArrays.write(images, result);
        return result;
    }

    private void refit(double[] x, double[] m, double[] codes, double[] images, int row) {
        int[] support = support(codes, row);
        int n = support.length;
        double[][] system = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                system[i][j] = product(support[i], support[j], m, row) + (i == j ? RIDGE : 0);
                system[j][i] = system[i][j];
            }
            for (int p = 0; p < size; p++) {
                double weight = m == null ? 1 : m[row * size + p];
                system[i][n] += weight * atoms[support[i] * size + p] * x[row * size + p];
            }
        }
        double[] a = Cholesky.solve(system);
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < size; p++) {
                images[row * size + p] += a[i] * atoms[support[i] * size + p];
            }
        }
    }

    private int[] support(double[] codes, int row) {
        int[] all = new int[units];
        int count = 0;
        for (int j = 0; j < units; j++) {
            if (codes[row * units + j] != 0) {
                all[count++] = j;
            }
        }
        return Arrays.copyOf(all, count);
    }

    private double product(int i, int j, double[] m, int row) {
        double sum = 0;
        for (int p = 0; p < size; p++) {
            double weight = m == null ? 1 : m[row * size + p];
            sum += weight * atoms[i * size + p] * atoms[j * size + p];
        }
        return sum;
    }
}
