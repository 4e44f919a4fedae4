package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.internal.math.HostRows;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A step with any shrinkage, code by code in double precision.
 *
 * @param width      number of units that are shrunk together: all units of an image, or those of a position
 * @param shrinkage  eta
 * @param step       index of the step
 * @param thresholds theta. Not modified.
 */
record StepRows(int width, Shrinkage shrinkage, int step, double[] thresholds) implements ShrinkingStep {
    private INDArray codes(INDArray matrix) {
        return matrix.reshape('c', matrix.length() / width, width);
    }

    @Override
    public void prepare(INDArray drive) {
        // a copy, as the shrinkage may modify the thresholds
    }

    @Override
    public void first(INDArray drive, INDArray code, INDArray kept) {
        code.assign(drive);
        shrink(code, kept);
    }

    @Override
    public void next(INDArray code, INDArray drive, INDArray leftOut, INDArray kept) {
        StepLoops.add(code, drive, leftOut);
        shrink(code, kept);
    }

    private void shrink(INDArray code, INDArray kept) {
        if (kept != null) {
            kept.assign(code);
        }
        INDArray rows = codes(code);
        HostRows.replace(
                rows,
                (row, result) -> {
                    shrinkage.shrink(step, row[0], thresholds);
                    System.arraycopy(row[0], 0, result, 0, width);
                },
                rows);
    }

    @Override
    public double[] back(
            INDArray delta, INDArray driveGradient, boolean first, INDArray code, INDArray leftOut, INDArray kept) {
        StepLoops.add(delta, leftOut);
        INDArray rows = codes(delta);
        // one gradient per row, so that the sum is the same on any number of threads
        INDArray each = thresholds.length == 0
                ? null
                : Nd4j.createUninitialized(delta.dataType(), rows.size(0), thresholds.length);
        HostRows.replace(
                StepLoops.nonNull(rows, each),
                (row, result) -> {
                    double[] own = new double[thresholds.length];
                    shrinkage.backward(step, kept == null ? null : row[2], row[1], thresholds, row[0], own);
                    System.arraycopy(row[0], 0, result[0], 0, width);
                    if (own.length > 0) {
                        System.arraycopy(own, 0, result[1], 0, own.length);
                    }
                },
                StepLoops.nonNull(rows, codes(code), kept == null ? null : codes(kept)));
        if (driveGradient != null) {
            if (first) {
                driveGradient.assign(delta);
            } else {
                StepLoops.add(driveGradient, delta);
            }
        }
        return each == null ? new double[0] : StepLoops.sums(each);
    }
}
