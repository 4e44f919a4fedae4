package io.github.dl4jsparse.examples.dictionary;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;

/** Principal components of patches, beside which a dictionary is judged. */
final class PatchComponents {
    private PatchComponents() {}

    /**
     * The share of the variance of patches that their first components hold: no linear code of as many values has more.
     *
     * @param patches    {@code [patches, pixels]}, not all equal. Not modified.
     * @param components at least 1; more than pixels are all
     */
    static double explainedVariance(INDArray patches, int components) {
        INDArray x = patches.castTo(DataType.DOUBLE);
        INDArray centred = x.subRowVector(x.mean(true, 0));
        // in rising order
        double[] variances = Eigen.symmetricGeneralizedEigenvalues(
                        centred.transpose().mmul(centred))
                .toDoubleVector();
        double kept = 0;
        double all = 0;
        for (int i = 0; i < variances.length; i++) {
            double variance = Math.max(0, variances[i]);
            all += variance;
            kept += i >= variances.length - components ? variance : 0;
        }
        return kept / all;
    }
}
