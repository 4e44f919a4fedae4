package io.github.dl4jsparse.energy;

import io.github.dl4jsparse.energy.LearnedPenalty.Parameter;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.energy.InhibitionLimits;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Lateral inhibition with a matrix S that is learned within limits, by ascent or descent in the energy.
 * <p>\[ \alpha \lvert z \rvert^{\top} S \lvert z \rvert + \sum_i \lambda_i |z_i|, \qquad
 * g = \pm\, w \alpha \sum_p \lvert z_p \rvert \lvert z_p \rvert^{\top}, \qquad g_{ii} = 0 \]
 * where the first is {@link LateralInhibitionPenalty} and the sign and the limits of S are {@link LearnedInhibition}'s.
 * <p>Shapes: {@code z: [rows, units]}. Parameter: {@value #INHIBITION} {@code [units, units]}.
 * <p>Errors: {@link IllegalArgumentException} for a matrix with a diagonal, or limits that no matrix meets.
 * <p>Reference: Szlam, Gregor and LeCun, Structured sparse coding via lateral inhibition, NIPS 2011.
 *
 * @param initial the penalty, with the matrix that S starts from
 * @param learned how S is learned
 */
record LearnedInhibitionPenalty(
        @JsonProperty("initial") LateralInhibitionPenalty initial, @JsonProperty("learned") LearnedInhibition learned)
        implements LearnedPenalty {
    private static final long serialVersionUID = 1;

    private static final String INHIBITION = LearnedInhibition.INHIBITION;

    /** @throws IllegalArgumentException if the matrix can't be learned */
    @JsonCreator
    LearnedInhibitionPenalty {
        Args.given("learned", learned)
                .requireStart(Args.given("initial", initial).inhibition());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.pairs(INHIBITION, initial.units()));
    }

    @Override
    public void start(Map<String, INDArray> values) {
        learned.start(initial.inhibition(), values.get(INHIBITION));
    }

    @Override
    public LateralInhibitionPenalty with(Map<String, INDArray> values) {
        return initial.with(LearnedInhibition.matrix(values.get(INHIBITION)));
    }

    @Override
    public void writeGradients(
            Map<String, INDArray> values, INDArray code, double weight, Map<String, INDArray> gradients) {
        learned.gradient(Transforms.abs(code, true), weight * initial.weight(), gradients.get(INHIBITION));
    }

    @Override
    public Consumer<Map<String, INDArray>> limits() {
        InhibitionLimits limits = learned.limits(initial.inhibition());
        return values -> limits.project(values.get(INHIBITION));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if no smaller matrix meets the limits
     */
    @Override
    public LearnedInhibitionPenalty restrictedTo(int[] kept) {
        return new LearnedInhibitionPenalty(initial.restrictedTo(kept), learned);
    }
}
