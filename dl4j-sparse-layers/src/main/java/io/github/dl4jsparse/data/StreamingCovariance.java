package io.github.dl4jsparse.data;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.RowBlocks;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean and covariance of examples that come in batches, in double precision.
 * <p>\[ S \leftarrow S + S_b + \frac{n n_b}{n + n_b} \delta \delta', \qquad \delta = m_b - m \]
 * where S is the sum of the products of deviations from the mean m of n examples, and the index b is of a batch. A
 * large mean causes no loss of precision, as it would in the difference of a mean square and a squared mean.
 * <p>Shapes: features {@code [batch, ...]}; mean {@code [1, n]}, covariance {@code [n, n]}.
 * <p>Reference: Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances, 1979.
 */
final class StreamingCovariance {
    private long examples;
    private INDArray mean;
    private INDArray scatter;

    /** @param features {@code [batch, ...]}. Not modified. */
    void add(INDArray features) {
        INDArray rows = FeatureNormalizer.rows(features.castTo(DataType.DOUBLE));
        if (mean != null) {
            Shapes.matrix("features", rows, mean.length());
        }
        long batch = rows.size(0);
        INDArray batchMean = rows.mean(true, 0);
        INDArray deviations = rows.subRowVector(batchMean);
        INDArray batchScatter = RowBlocks.product(deviations.transpose(), deviations);
        if (!Finite.all(batchScatter)) {
            throw Args.failure(
                    "features", "finite", "NaN or infinity in examples " + examples + " to " + (examples + batch - 1));
        }
        if (mean == null) {
            mean = batchMean;
            scatter = batchScatter;
        } else {
            INDArray shift = batchMean.sub(mean);
            double all = (double) examples + batch;
            scatter.addi(batchScatter).addi(Nd4j.gemm(shift, shift, true, false).muli(examples * batch / all));
            mean.addi(shift.muli(batch / all));
        }
        examples += batch;
    }

    INDArray mean() {
        return mean;
    }

    /**
     * The covariance, divided by the number of examples.
     *
     * @throws IllegalArgumentException if there were fewer than two examples
     */
    INDArray covariance() {
        if (examples < 2) {
            throw Args.failure("examples", "at least 2 to fit", examples);
        }
        return scatter.div(examples);
    }
}
