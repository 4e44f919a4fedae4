package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.Rows;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step whose thresholds grow with the noise level of each example.
 * <p>\[ \theta = t_0 + t_1 \sigma, \qquad \partial t_0 = \sum_{examples} \partial \theta, \qquad
 * \partial t_1 = \sum_{examples} \sigma\, \partial \theta \]
 *
 * @param each   the step of every example, none of which folds thresholds into the drive
 * @param levels sigma of every example
 */
record ShrinkingExamples(List<ShrinkingStep> each, double[] levels) implements ShrinkingStep {
    private INDArray of(INDArray all, int example) {
        return all == null ? null : Rows.block(all, example, all.size(0) / levels.length);
    }

    @Override
    public void prepare(INDArray drive) {
        // thresholds are not folded into the drive
    }

    @Override
    public void first(INDArray drive, INDArray code, INDArray kept) {
        for (int i = 0; i < levels.length; i++) {
            each.get(i).first(of(drive, i), of(code, i), of(kept, i));
        }
    }

    @Override
    public void next(INDArray code, INDArray drive, INDArray leftOut, INDArray kept) {
        for (int i = 0; i < levels.length; i++) {
            each.get(i).next(of(code, i), of(drive, i), of(leftOut, i), of(kept, i));
        }
    }

    /** {@inheritDoc} The gradient of t0, followed by that of t1. */
    @Override
    public double[] back(
            INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut, INDArray kept) {
        double[] sums = null;
        for (int i = 0; i < levels.length; i++) {
            double[] own = each.get(i)
                    .back(of(delta, i), of(driveGradient, i), first, of(code, i), of(leftOut, i), of(kept, i));
            sums = sums == null ? new double[2 * own.length] : sums;
            for (int j = 0; j < own.length; j++) {
                sums[j] += own[j];
                sums[own.length + j] += levels[i] * own[j];
            }
        }
        return sums;
    }
}
