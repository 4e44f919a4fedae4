package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * For tests: an L1 penalty with a weight for each unit that is learned within a budget, a kind that no class of the
 * library refers to.
 * <p>\[ \sum_i \lambda_i |z_i|, \qquad \lambda_i \ge 0, \qquad \sum_i \lambda_i = n b \]
 * where n is the number of units and b the budget of each, from which all weights start.
 * <p>Shapes: {@code z: [rows, n]}; parameter {@value #WEIGHTS} {@code [1, n]}.
 */
public record LearnedL1Penalty(
        @JsonProperty("units") int number,
        @JsonProperty("budget") double budget,
        @JsonProperty("ascent") boolean ascent)
        implements LearnedPenalty {
    private static final long serialVersionUID = 1;

    /** Name of lambda. */
    public static final String WEIGHTS = "lambda";

    @JsonCreator
    public LearnedL1Penalty {
        Args.atLeast("units", number, 1);
        Args.positive("budget", budget);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.row(WEIGHTS, number));
    }

    @Override
    public L1Penalty initial() {
        double[] weights = new double[number];
        Arrays.fill(weights, budget);
        return new L1Penalty(weights);
    }

    @Override
    public void start(Map<String, INDArray> values) {
        values.get(WEIGHTS).assign(budget);
    }

    @Override
    public L1Penalty with(Map<String, INDArray> values) {
        if (!Finite.all(values.get(WEIGHTS))) {
            throw Args.failure("learned weights", "finite", values.get(WEIGHTS));
        }
        return new L1Penalty(Arrays.stream(HostArrays.doubles(values.get(WEIGHTS)))
                .map(weight -> Math.max(0, weight))
                .toArray());
    }

    @Override
    public void writeGradients(
            Map<String, INDArray> values, INDArray code, double weight, Map<String, INDArray> gradients) {
        INDArray sums = Transforms.abs(code, true).sum(true, 0);
        gradients.get(WEIGHTS).assign(sums.muli(ascent ? -weight : weight));
    }

    @Override
    public Consumer<Map<String, INDArray>> limits() {
        return values -> {
            double[] weights = HostArrays.doubles(values.get(WEIGHTS));
            if (Finite.all(values.get(WEIGHTS))) {
                HostArrays.write(onSimplex(weights, number * budget), values.get(WEIGHTS));
            }
        };
    }

    /** The nearest point of none below zero and of a sum. */
    private static double[] onSimplex(double[] point, double sum) {
        double[] sorted = point.clone();
        Arrays.sort(sorted);
        double above = 0;
        double shift = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double value = sorted[sorted.length - count];
            above += value;
            if (value > (above - sum) / count) {
                shift = (above - sum) / count;
            }
        }
        double tau = shift;
        return Arrays.stream(point).map(value -> Math.max(0, value - tau)).toArray();
    }

    @Override
    public LearnedL1Penalty restrictedTo(int[] kept) {
        Args.subset("kept", kept, number);
        return new LearnedL1Penalty(kept.length, budget, ascent);
    }
}
