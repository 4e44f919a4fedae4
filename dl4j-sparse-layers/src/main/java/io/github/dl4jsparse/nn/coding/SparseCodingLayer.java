package io.github.dl4jsparse.nn.coding;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.LearnedPenalty;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.nn.UnusedOptions;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.spi.NamedParamInitializer;
import io.github.dl4jsparse.nn.spi.Prunable.Axis;
import io.github.dl4jsparse.nn.spi.SparseLayer;
import io.github.dl4jsparse.nn.spi.SparseLayerBuilder;
import io.github.dl4jsparse.nn.spi.SparseLayerConf;
import io.github.dl4jsparse.solver.Solver;
import io.github.dl4jsparse.solver.Solvers;
import java.util.List;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import lombok.ToString;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Encodes its input by the code of least energy: the forward pass is a solver, the only parameter is a dictionary.
 * <p>\[ z(x) = \arg\min_z \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z), \qquad
 * L = w \left( \tfrac12 \lVert x - D z \rVert_2^2 + \mathrm{penalty}(z) \right) \]
 * where D is the dictionary and w the unsupervised weight. Pre-training is dictionary learning: at the minimum the code may
 * be taken as constant, so the gradient of L with respect to D is {@code -(x - D z) z'}. A loss of layers above, and
 * dropout on the input, reach D and x by implicit differentiation on the active units,
 * {@link Solvers#differentiate}.
 * <p>The code is as exact as the solver's tolerance; a solver that stops at its limit of iterations logs a warning.
 * <p>Shapes: input {@code [batch, nIn]}, output {@code [batch, nOut]}. Parameter: {@value #DICTIONARY}
 * {@code [nIn, nOut]}, columns of norm at most {@code decoderNorm}; and those of a {@link LearnedPenalty}, which only the unsupervised
 * loss trains.
 * <p>Errors: {@link DL4JInvalidConfigException} when the configuration is built,
 * {@code DL4JInvalidInputException} for input of a wrong shape or with NaN or infinite values.
 * <p>Reference: Olshausen and Field, Emergence of simple-cell receptive field properties by learning a sparse code for
 * natural images, Nature 381, 1996; Mairal, Bach and Ponce, Task-driven dictionary learning, PAMI 34, 2012.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
@ToString(callSuper = true)
public final class SparseCodingLayer extends SparseLayerConf {
    private static final long serialVersionUID = 1;

    /** Key of the dictionary D. */
    public static final String DICTIONARY = "D";

    /** Key of the inhibition matrix S where {@link LearnedInhibition} learns it. */
    public static final String INHIBITION = LearnedInhibition.INHIBITION;

    @JsonProperty
    private Solver solver;

    private SparseCodingLayer(Builder builder) {
        super(builder);
        this.solver = builder.solver != null ? builder.solver : Solvers.bestFor(LearnedPenalty.initial(getPenalty()));
        addConstraints(builder);
    }

    @Override
    protected List<LayerConstraint> ownConstraints() {
        return getDecoderNorm() < Double.POSITIVE_INFINITY
                ? List.of(MaxAtomNormConstraint.columns(getDecoderNorm(), DICTIONARY))
                : List.of();
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new SparseCodingLayerImpl(conf, dataType);
    }

    @Override
    public NamedParamInitializer<?> initializer() {
        return SparseCodingParamInitializer.INSTANCE;
    }

    @Override
    protected boolean isDecoderOnly(String parameter) {
        return false;
    }

    @Override
    protected List<Axis> ownAxes(String parameter) {
        return List.of(Axis.INPUTS, Axis.UNITS);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        // per example: six codes in the solver, the residual; four codes and two images for the implicit gradient
        return MemoryReports.of(this, inputType, 6 * nOut, 6 * nOut + nIn + 4 * nOut + 2 * nIn);
    }

    /**
     * Builds a {@link SparseCodingLayer}; {@link #build()} refuses invalid values with an error that names the layer.
     */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of the caller
    public static final class Builder extends SparseLayerBuilder<Builder> {
        private Solver solver;

        /**
         * The solver; default {@link Solvers#bestFor(Penalty)}, to a relative certificate of 1e-3.
         */
        public Builder solver(Solver solver) {
            this.solver = Args.given("solver", solver);
            return this;
        }

        @Override
        public SparseCodingLayer build() {
            requireValid(SparseCodingLayer.class);
            return new SparseCodingLayer(this);
        }

        @Override
        protected void validate() {
            super.validate();
            UnusedOptions.refuseNonLinearity(
                    this, "the code is the solver's; put DL4J's ActivationLayer above", "the layer has no biases");
            UnusedOptions.refuseBiases(this);
            Solvers.requireDifferentiable(penalty());
            if (solver == null) {
                Solvers.bestFor(penalty());
            } else {
                solver.requireSupport(penalty());
            }
        }
    }
}
