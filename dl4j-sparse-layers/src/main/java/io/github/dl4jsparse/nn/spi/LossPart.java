package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.nn.LossTerms;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One term of a loss before it is summed: over a batch, or example by example.
 * <p>Arrays are kept by reference and not modified.
 */
interface LossPart {
    /** The name of the term. */
    String name();

    /** The sum over the batch. */
    double sum();

    /**
     * Adds the value of each example.
     *
     * @param sums one element per example. Modified in place.
     */
    void addExamples(double[] sums);

    /**
     * The term {@code weight/2 |a|^2}, in double precision, so that no square of a float overflows.
     *
     * @param weight finite and &gt;= 0
     * @param array  a, the batch first
     */
    static LossPart halfSquares(String name, double weight, INDArray array) {
        Args.nonNegative("weight of the " + name, weight);
        Args.given(name, array);
        return new LossPart() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double sum() {
                return weight * Norms.squared(array) / 2;
            }

            @Override
            public void addExamples(double[] sums) {
                double[] squares = Norms.squaredRows(Energy.rows(array));
                for (int b = 0; b < sums.length; b++) {
                    sums[b] += weight * squares[b] / 2;
                }
            }
        };
    }

    /**
     * The penalty of a code.
     *
     * @param code as the penalty takes it: {@code [rows, penalty units]}, with the same number of rows for each example, one
     *             example after the other
     */
    static LossPart penalty(Penalty penalty, INDArray code) {
        Args.given("penalty", penalty);
        Args.given("penalised code", code);
        return new LossPart() {
            @Override
            public String name() {
                return LossTerms.PENALTY;
            }

            @Override
            public double sum() {
                return penalty.value(code);
            }

            @Override
            public void addExamples(double[] sums) {
                double[] values = HostArrays.doubles(penalty.values(code));
                int rows = values.length / sums.length;
                for (int i = 0; i < values.length; i++) {
                    sums[i / rows] += values[i];
                }
            }
        };
    }
}
