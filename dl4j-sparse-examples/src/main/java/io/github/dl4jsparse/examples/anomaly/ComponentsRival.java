package io.github.dl4jsparse.examples.anomaly;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Principal components: the score is the squared distance from the space of the first ones.
 *
 * @param rank components kept
 */
record ComponentsRival(int rank) implements Rival {
    @Override
    public String name() {
        return "PCA, rank " + rank;
    }

    @Override
    public double[][] scores(INDArray good, INDArray... tests) {
        INDArray mean = good.mean(true, 0);
        INDArray centred = good.subRowVector(mean);
        // the routine overwrites its argument with the eigenvectors, in order of rising eigenvalues
        INDArray vectors = centred.transpose().mmul(centred).divi(good.size(0));
        Eigen.symmetricGeneralizedEigenvalues(vectors);
        int n = (int) vectors.size(0);
        int[] largest = new int[Math.min(rank, n)];
        for (int i = 0; i < largest.length; i++) {
            largest[i] = n - 1 - i;
        }
        INDArray kept = Nd4j.pullRows(vectors.transpose().dup('c'), 1, largest);
        double[][] scores = new double[tests.length][];
        for (int t = 0; t < tests.length; t++) {
            INDArray x = tests[t].subRowVector(mean);
            INDArray rest = x.sub(x.mmul(kept.transpose()).mmul(kept));
            scores[t] = rest.mul(rest).sum(1).toDoubleVector();
        }
        return scores;
    }
}
