package io.github.dl4jsparse.task;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solver;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reconstructs patches from as few atoms as explain them up to the noise.
 * <p>\[ z_\lambda = \arg\min_z \tfrac12 \lVert m \odot (x - D z) \rVert_2^2 + \lambda \lVert z \rVert_1, \qquad
 * \lambda = 4.5\,\sigma,\; 0.8 \cdot 4.5\,\sigma,\; \dots \ge \sigma \]
 * until \( \lVert m \odot (x - D_S a) \rVert_2^2 \le C^2 \sigma^2 \lVert m \rVert_1 \), where S are the units that are not zero and
 * a is {@link SupportRefit}'s.
 * <p>Shapes: x and m {@code [batch, n]}.
 *
 * @param dictionary D: {@code [n, units]}. Not modified.
 * @param tolerance  C
 */
record PatchCoder(INDArray dictionary, double tolerance) {
    private static final double FIRST = 4.5;
    private static final double RATIO = 0.8;
    private static final double LAST = 1;
    private static final Solver ALL_KNOWN = new CoordinateDescent(100, 1e-2);
    private static final Solver MASKED = new Fista(150, 1e-2);

    /**
     * The reconstructions.
     *
     * @param x     without means, 0 where pixels are missing. Not modified.
     * @param mask  m; null for ones. Not modified.
     * @param sigma noise level, above 0
     * @return a new array
     */
    INDArray reconstruct(INDArray x, INDArray mask, double sigma) {
        SupportRefit refit = new SupportRefit(dictionary);
        INDArray result = x.ulike();
        int[] left = IntStream.range(0, Math.toIntExact(x.size(0))).toArray();
        INDArray start = null;
        for (double factor = FIRST; left.length > 0; factor *= RATIO) {
            INDArray inputs = Nd4j.pullRows(x, 1, left);
            INDArray known = mask == null ? null : Nd4j.pullRows(mask, 1, left);
            INDArray code = code(inputs, known, start, factor * sigma);
            INDArray images = refit.reconstruct(inputs, known, code);
            boolean last = factor * RATIO < LAST;
            int[] on = last ? new int[0] : unexplained(inputs, known, images, sigma);
            int next = 0;
            for (int i = 0; i < left.length; i++) {
                if (next < on.length && on[next] == i) {
                    next++;
                } else {
                    result.putRow(left[i], images.getRow(i));
                }
            }
            start = on.length == 0 ? null : Nd4j.pullRows(code, 1, on);
            left = pick(left, on);
        }
        return result;
    }

    private INDArray code(INDArray x, INDArray mask, INDArray start, double lambda) {
        LinearOperator decoder = new DenseOperator(dictionary);
        L1Penalty penalty = new L1Penalty(lambda);
        return mask == null
                ? ALL_KNOWN.solve(new Energy(decoder, penalty), x, start).code()
                : MASKED.solve(new Energy(decoder.masked(mask), penalty), x, start)
                        .code();
    }

    /** The rows whose residual is larger than noise. */
    private int[] unexplained(INDArray x, INDArray mask, INDArray images, double sigma) {
        INDArray residual = images.sub(x);
        if (mask != null) {
            residual.muli(mask);
        }
        double[] errors = HostArrays.doubles(residual.muli(residual).sum(1));
        double[] counts = mask == null ? null : HostArrays.doubles(mask.sum(1));
        double bound = tolerance * tolerance * sigma * sigma;
        return IntStream.range(0, errors.length)
                .filter(i -> errors[i] > bound * (counts == null ? x.size(1) : counts[i]))
                .toArray();
    }

    private static int[] pick(int[] values, int[] at) {
        return IntStream.of(at).map(i -> values[i]).toArray();
    }
}
