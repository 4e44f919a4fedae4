package io.github.dl4jsparse.solver;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.internal.math.Norms;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The residual of codes for a batch, by element-wise subtraction: its squares are exact where a difference of squares
 * of inputs and reconstructions would be rounding error, as for inputs that are reconstructed well.
 * <p>\[ r = x - D z, \qquad p = f - z, \qquad |r|^2 + \alpha |p|^2, \qquad q = D^{\top} r + \alpha p \]
 *
 * @param ofInput      r, {@code [batch, ...]}
 * @param ofPrediction p, {@code [batch, nCode]}; null without prediction
 */
record Residual(Energy energy, INDArray ofInput, INDArray ofPrediction) {
    /** The squares of each example, {@code |r|^2 + alpha |p|^2}. */
    double[] squares() {
        double[] squares = Norms.squaredRows(Energy.rows(ofInput));
        if (ofPrediction != null) {
            double[] more = Norms.squaredRows(ofPrediction);
            Arrays.setAll(squares, i -> squares[i] + energy.predictionWeight() * more[i]);
        }
        return squares;
    }

    /** The smooth energy of the whole batch. */
    double value() {
        return Arrays.stream(squares()).sum() / 2;
    }

    /** q, minus the gradient of the smooth energy: {@code [batch, nCode]}, a new array. */
    INDArray slope() {
        long[] shape = energy.decoder().inputShape(ofInput.shape());
        INDArray slope = Nd4j.createUninitialized(ofInput.dataType(), shape, 'c');
        energy.decoder().adjoint(ofInput, slope, 0);
        INDArray rows = Energy.rows(slope);
        return ofPrediction == null ? rows : rows.addi(ofPrediction.mul(energy.predictionWeight()));
    }
}
