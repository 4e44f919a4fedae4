package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A shrinkage with {@link SupportSelection}: some of the largest units are not shrunk.
 *
 * @param inner     with a threshold per unit
 * @param selection the selection of units that are not shrunk
 */
record SelectingShrinkage(Shrinkage inner, SupportSelection selection) implements Shrinkage {
    private static final long serialVersionUID = 1;

    @Override
    public double[] startThresholds(int units, double step, Penalty penalty) {
        return inner.startThresholds(units, step, penalty);
    }

    @Override
    public boolean needsDrive() {
        return true;
    }

    @Override
    public boolean isSigned() {
        return inner.isSigned();
    }

    @Override
    public boolean needsNonNegativeThresholds() {
        return inner.needsNonNegativeThresholds();
    }

    /** The units that are not shrunk. */
    private int[] passing(int step, double[] v, double[] thresholds) {
        double[] size = inner.isSigned() ? Arrays.stream(v).map(Math::abs).toArray() : v;
        return IntStream.range(0, v.length)
                .filter(i -> size[i] > thresholds[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -size[i]).thenComparingInt(i -> i))
                .limit(selection.count(step, v.length))
                .mapToInt(i -> i)
                .toArray();
    }

    @Override
    public void shrink(int step, double[] v, double[] thresholds) {
        double[] drive = v.clone();
        inner.shrink(step, v, thresholds);
        for (int unit : passing(step, drive, thresholds)) {
            v[unit] = drive[unit];
        }
    }

    @Override
    public void backward(
            int step, double[] v, double[] code, double[] thresholds, double[] gradient, double[] thresholdGradient) {
        int[] passing = passing(step, v, thresholds);
        double[] own = new double[passing.length];
        double[] shrunk = v.clone();
        inner.shrink(step, shrunk, thresholds);
        for (int i = 0; i < passing.length; i++) {
            own[i] = gradient[passing[i]];
            gradient[passing[i]] = 0;
        }
        inner.backward(step, v, shrunk, thresholds, gradient, thresholdGradient);
        for (int i = 0; i < passing.length; i++) {
            gradient[passing[i]] = own[i];
        }
    }
}
