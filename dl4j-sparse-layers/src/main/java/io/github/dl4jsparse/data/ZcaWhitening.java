package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.io.ArrayBytes;
import io.github.dl4jsparse.internal.math.RowBlocks;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import lombok.EqualsAndHashCode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Decorrelates features by the whitening matrix that changes them least (zero-phase whitening).
 * <p>\[ y = W (x - m), \qquad W = U (\Lambda + \epsilon \bar\lambda I)^{-1/2} U' \]
 * where m is the mean, U and Lambda are the eigenvectors and eigenvalues of the covariance of the examples (divided by
 * their number), and the regulariser epsilon is a share of the mean eigenvalue, so that it does not depend on the scale of
 * the data. With epsilon 0 the covariance of y is the identity. Directions of no variance, such as the mean of patches
 * whose mean was removed, need an epsilon: 0.01 to 0.1 are usual for images, more suppresses more noise.
 * <p>Shapes: features {@code [batch, ...]}, modified in place; an example of n values is one vector, and the matrix is
 * {@code [n, n]}. {@code fit} reads an iterator once, batch by batch, and keeps a sum of {@code [n, n]}.
 * <p>Use before {@code fit} throws IllegalStateException, examples of another length IllegalArgumentException.
 * <p>Reference: Bell and Sejnowski, The "independent components" of natural scenes are edge filters, Vision Research 37,
 * 1997.
 */
@EqualsAndHashCode(callSuper = false)
public final class ZcaWhitening extends FeatureNormalizer {
    private static final long serialVersionUID = 1L;

    private final double epsilon;
    private INDArray mean;
    private INDArray whitening;
    private INDArray inverse;

    /**
     * A whitening to be fitted.
     *
     * @param epsilon added to every eigenvalue, as a share of their mean; finite and &gt;= 0
     */
    public ZcaWhitening(double epsilon) {
        this.epsilon = Args.nonNegative("epsilon", epsilon);
    }

    /**
     * Fits the whitening to the features of a data set.
     *
     * @throws IllegalArgumentException if there are fewer than two examples, a value is not finite, all examples are equal,
     *     or the covariance is singular and epsilon is 0
     */
    @Override
    public void fit(DataSet data) {
        StreamingCovariance statistics = new StreamingCovariance();
        statistics.add(data.getFeatures());
        fit(statistics);
    }

    /**
     * Fits the whitening to the features of all batches. The iterator is reset before and after, where it can be.
     *
     * @throws IllegalArgumentException as {@link #fit(DataSet)}, or if the batches differ in width
     */
    @Override
    public void fit(DataSetIterator data) {
        StreamingCovariance statistics = new StreamingCovariance();
        if (data.resetSupported()) {
            data.reset();
        }
        while (data.hasNext()) {
            statistics.add(data.next().getFeatures());
        }
        fit(statistics);
        if (data.resetSupported()) {
            data.reset();
        }
    }

    private void fit(StreamingCovariance statistics) {
        INDArray vectors = statistics.covariance().dup('f');
        double[] values = Eigen.symmetricGeneralizedEigenvalues(vectors).toDoubleVector();
        double average = Args.positive(
                "variance of the features", Arrays.stream(values).average().orElse(0));
        double[] deviations = Arrays.stream(values)
                .map(value -> Math.sqrt(Math.max(value, 0) + epsilon * average))
                .toArray();
        double largest = Arrays.stream(deviations).max().orElse(0);
        double smallest = Arrays.stream(deviations).min().orElse(0);
        // smaller values are rounding error of the eigenvalues
        if (!(smallest * smallest > values.length * Math.ulp(largest * largest))) {
            throw Args.failure(
                    "epsilon",
                    "> 0 (0.01, say) for features of a singular covariance, mean eigenvalue " + average,
                    epsilon);
        }
        INDArray scale = Nd4j.createFromArray(deviations);
        mean = statistics.mean();
        whitening = RowBlocks.product(vectors.divRowVector(scale), vectors.transpose());
        inverse = RowBlocks.product(vectors.mulRowVector(scale), vectors.transpose());
    }

    /** The whitening matrix W {@code [n, n]}, in double precision; a new array. */
    public INDArray matrix() {
        return fitted(whitening).dup();
    }

    /** The mean m of the features {@code [1, n]}, in double precision; a new array. */
    public INDArray mean() {
        return fitted(mean).dup();
    }

    private static INDArray fitted(INDArray array) {
        if (array == null) {
            throw new IllegalStateException("ZcaWhitening must be fitted before use: call fit");
        }
        return array;
    }

    // both matrices are symmetric, so that they may stand on the right of examples in rows
    @Override
    INDArray transformed(INDArray values) {
        return RowBlocks.product(checkedRows(values).subRowVector(mean), whitening);
    }

    @Override
    INDArray reverted(INDArray values) {
        return RowBlocks.product(checkedRows(values), inverse).addiRowVector(mean);
    }

    private INDArray checkedRows(INDArray values) {
        return Shapes.matrix("features", rows(values), fitted(mean).length());
    }

    @Override
    void write(DataOutputStream out) throws IOException {
        out.writeDouble(epsilon);
        out.writeBoolean(mean != null);
        if (mean != null) {
            Nd4j.write(mean, out);
            Nd4j.write(whitening, out);
            Nd4j.write(inverse, out);
        }
    }

    static ZcaWhitening read(DataInputStream in) throws IOException {
        ZcaWhitening read = new ZcaWhitening(in.readDouble());
        if (in.readBoolean()) {
            read.mean = ArrayBytes.read(in);
            read.whitening = ArrayBytes.read(in);
            read.inverse = ArrayBytes.read(in);
        }
        return read;
    }
}
