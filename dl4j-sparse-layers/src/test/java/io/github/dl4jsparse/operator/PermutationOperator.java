package io.github.dl4jsparse.operator;

import io.github.dl4jsparse.testkit.Samples;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A map that is not dense, for tests of code that takes any {@link LinearOperator}: every output is another unit of the code,
 * scaled. Codes have any shape, outputs are {@code [batch, units]}.
 * <p>\[ y_i = f_i z_{s(i)} \]
 *
 * @param sources   s, a permutation of the units
 * @param factors   f
 * @param codeShape the shape of a code without the batch
 */
public record PermutationOperator(int[] sources, double[] factors, long... codeShape) implements LinearOperator {
    /** The same map as a matrix {@code [units, units]}. */
    public INDArray matrix() {
        double[][] matrix = new double[sources.length][sources.length];
        for (int i = 0; i < sources.length; i++) {
            matrix[i][sources[i]] = factors[i];
        }
        return Nd4j.create(matrix);
    }

    @Override
    public void apply(INDArray input, INDArray result, double beta) {
        map(input, result, beta, false);
    }

    @Override
    public void adjoint(INDArray output, INDArray result, double beta) {
        map(output, result, beta, true);
    }

    private void map(INDArray from, INDArray to, double beta, boolean transposed) {
        double[][] source = Samples.rows(from.reshape('c', from.size(0), sources.length));
        double[][] mapped = new double[source.length][sources.length];
        for (int b = 0; b < source.length; b++) {
            for (int i = 0; i < sources.length; i++) {
                int left = transposed ? sources[i] : i;
                int right = transposed ? i : sources[i];
                mapped[b][left] = factors[i] * source[b][right];
            }
        }
        INDArray image = Nd4j.create(mapped).reshape('c', to.shape()).castTo(to.dataType());
        if (beta == 0) {
            to.assign(image);
        } else {
            to.muli(beta).addi(image);
        }
    }

    @Override
    public void weightGradient(INDArray input, INDArray delta, INDArray gradient, double beta) {
        throw new UnsupportedOperationException("a permutation has no weights");
    }

    @Override
    public long[] inputShape(long... outputShape) {
        return LongStream.concat(LongStream.of(outputShape[0]), Arrays.stream(codeShape))
                .toArray();
    }

    @Override
    public long[] outputShape(long... inputShape) {
        return new long[] {inputShape[0], sources.length};
    }
}
