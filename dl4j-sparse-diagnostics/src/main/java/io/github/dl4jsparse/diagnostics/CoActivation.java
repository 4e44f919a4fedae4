package io.github.dl4jsparse.diagnostics;

import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.check.Shapes;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Shares of codes in which pairs of units are active together, and how well an inhibition matrix separates these pairs.
 * <p>\[ p_{ij} = \frac1B \lvert \{ b : z_{bi} \ne 0, z_{bj} \ne 0 \} \rvert \]
 */
public final class CoActivation {
    private final double[][] shares;

    private CoActivation(double[][] shares) {
        this.shares = shares;
    }

    /**
     * Counts a batch.
     *
     * @param codes {@code [batch, units]}. Not modified.
     */
    public static CoActivation of(INDArray codes) {
        Shapes.matrix("codes", codes, Args.given("codes", codes).rank() == 2 ? codes.size(1) : -1);
        INDArray active = codes.neq(0).castTo(DataType.DOUBLE);
        INDArray counts = Nd4j.gemm(active, active, true, false);
        return new CoActivation(counts.divi(codes.size(0)).toDoubleMatrix());
    }

    /** The share of codes in which two units are active, or one where they are the same. */
    public double share(int i, int j) {
        return shares[i][j];
    }

    /**
     * The mean share over pairs of different units.
     *
     * @param inhibition whose zeros select the pairs
     * @param zeros      true for the pairs that do not inhibit each other, false for those that do
     * @return NaN where there is no such pair
     */
    public double mean(InhibitionMatrix inhibition, boolean zeros) {
        if (inhibition.units() != shares.length) {
            throw Args.failure("inhibition", "for the " + shares.length + " units of the codes", inhibition.units());
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < shares.length; i++) {
            for (int j = 0; j < i; j++) {
                if (inhibition.get(i, j) == 0 == zeros) {
                    sum += shares[i][j];
                    pairs++;
                }
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }

    /**
     * The area under the ROC curve of a learned matrix as a classifier of the zeros of the true one: the probability
     * that a pair with a true strength above zero has a larger learned strength than one without. Ties count half.
     * <p>Reference: Hanley and McNeil, The meaning and use of the area under a receiver operating characteristic curve, Radiology
     * 143, 1982.
     *
     * @return from 0 to 1, 1/2 for chance; NaN where the true matrix has no zeros or nothing else
     */
    public static double zeroRecovery(InhibitionMatrix truth, InhibitionMatrix learned) {
        int units = truth.units();
        if (learned.units() != units) {
            throw Args.failure("learned inhibition", "for the " + units + " units of the true one", learned.units());
        }
        double[] zero = strengths(truth, learned, true);
        double[] other = strengths(truth, learned, false);
        double won = 0;
        for (double strength : other) {
            for (double against : zero) {
                won += strength > against ? 1 : strength == against ? 0.5 : 0;
            }
        }
        return won / ((double) zero.length * other.length);
    }

    private static double[] strengths(InhibitionMatrix truth, InhibitionMatrix learned, boolean zeros) {
        int units = truth.units();
        double[] found = new double[units * (units - 1) / 2];
        int count = 0;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < i; j++) {
                if (truth.get(i, j) == 0 == zeros) {
                    found[count++] = learned.get(i, j);
                }
            }
        }
        return Arrays.copyOf(found, count);
    }
}
