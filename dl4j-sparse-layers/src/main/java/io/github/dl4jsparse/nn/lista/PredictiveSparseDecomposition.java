package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.math.Finite;
import io.github.dl4jsparse.operator.LinearOperator;
import io.github.dl4jsparse.solver.Solver;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Trains an encoder to predict codes that a solver finds near the prediction, instead of as an auto-encoder.
 * <p>\[ L = \min_z \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z) + \tfrac{\alpha}{2} \lVert z - F(x) \rVert_2^2 \]
 * where F is the encoder and alpha the weight. At the minimum z may be taken as constant: the encoder is regressed on z,
 * {@code dL/dF = alpha (F(x) - z)}, and the dictionary follows from z, {@code dL/dD = -(x - D z) z'}. The solver starts
 * from the prediction, so that few iterations suffice once the encoder is good.
 * <p>Reference: Kavukcuoglu, Ranzato and LeCun, Fast inference in sparse coding algorithms with applications to object
 * recognition, 2008, arXiv:1010.3467.
 *
 * @param weight alpha, finite and &gt; 0; 1 is common
 * @param solver that supports the layer's penalty
 */
public record PredictiveSparseDecomposition(
        @JsonProperty("weight") double weight, @JsonProperty("solver") Solver solver) implements Serializable {
    private static final long serialVersionUID = 1;

    /** @throws IllegalArgumentException if the weight is not finite and &gt; 0 or there is no solver */
    @JsonCreator
    public PredictiveSparseDecomposition {
        Args.positive("prediction weight", weight);
        Args.given("solver", solver);
    }

    /**
     * The code z of least energy near a prediction; the prediction itself where an input is not finite.
     *
     * @param decoder    of the layer
     * @param penalty    on the code
     * @param input      x. Not modified.
     * @param prediction F(x). Not modified.
     * @return the prediction, or a new array of its shape outside of any workspace
     */
    public INDArray codeNear(LinearOperator decoder, Penalty penalty, INDArray input, INDArray prediction) {
        return Workspaces.outside(() -> {
            if (!(Finite.all(input) && Finite.all(prediction))) {
                return prediction;
            }
            Energy energy = new Energy(decoder, penalty).near(prediction, weight);
            return solver.solve(energy, input, prediction).code();
        });
    }
}
