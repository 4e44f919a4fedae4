package io.github.dl4jsparse.nn.common;

import io.github.dl4jsparse.math.Norms;
import io.github.dl4jsparse.operator.DenseOperator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The smallest layer with a dictionary, to test the bases alone: the code is a multiple of the correlations with the atoms.
 * <p>\[ z = s D^{\top} x \]
 * where s is the scale and D the only parameter.
 */
@Getter
@NoArgsConstructor(access = AccessLevel.PRIVATE)
@EqualsAndHashCode(callSuper = true)
public final class TransposeLayer extends SparseLayerConf {
    private static final long serialVersionUID = 1;
    static final String DECODER = "D";

    @JsonProperty
    private double scale;

    private TransposeLayer(Builder builder) {
        super(builder);
        this.scale = builder.scale;
        addConstraints(builder);
    }

    @Override
    protected SparseLayer<?> newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new TransposeLayerImpl(conf, dataType);
    }

    @Override
    protected List<LayerConstraint> ownConstraints() {
        LayerConstraint bounded = new MaxNormConstraint(5, Set.of(DECODER), 0);
        return List.of(bounded);
    }

    @Override
    protected boolean isDecoderOnly(String parameter) {
        return false;
    }

    @Override
    public ParamInitializer initializer() {
        return Initializer.INSTANCE;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return memoryReport(inputType, nOut, 2 * nOut + nIn);
    }

    /** Builds a {@link TransposeLayer}. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
    public static final class Builder extends SparseLayerConf.Builder<Builder> {
        private double scale = 0.5;

        @Override
        public TransposeLayer build() {
            requireValid(TransposeLayer.class);
            return new TransposeLayer(this);
        }

        @Override
        protected List<String> parameterNames() {
            return List.of(DECODER);
        }
    }

    private static final class Initializer extends NamedParamInitializer<TransposeLayer> {
        private static final Initializer INSTANCE = new Initializer();

        Initializer() {
            super(TransposeLayer.class, Set.of(DECODER), Set.of());
        }

        @Override
        protected Map<String, long[]> shapes(TransposeLayer conf) {
            return Map.of(DECODER, new long[] {conf.getNIn(), conf.getNOut()});
        }

        @Override
        protected void start(TransposeLayer conf, Map<String, INDArray> params) {
            INDArray d = params.get(DECODER);
            d.assign(RandomDictionary.draw(conf, conf.getNIn(), conf.getNOut(), d.dataType()));
        }
    }

    private static final class TransposeLayerImpl extends SparseLayer<TransposeLayer> {
        private static final long serialVersionUID = 1;

        private transient INDArray x;
        private transient INDArray d;
        private transient INDArray code;

        TransposeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        protected INDArray forward(INDArray input, boolean training, LayerWorkspaceMgr workspaces, ArrayType working) {
            x = input;
            d = weights(training, workspaces).get(DECODER);
            code = workspaces.leverageTo(
                    training ? ArrayType.ACTIVATIONS : working,
                    x.mmul(d).muli(layerConf().getScale()));
            maskExamples(code);
            return code;
        }

        @Override
        protected EnergyTerms measure(INDArray z, INDArray target, LayerWorkspaceMgr workspaces) {
            INDArray residual = measureResidual(new DenseOperator(d), z, target, workspaces);
            return new EnergyTerms(
                    Norms.squared(residual) / 2, layerConf().getPenalty().value(z));
        }

        @Override
        protected INDArray backward(
                INDArray epsilon, double weight, LayerWorkspaceMgr workspaces, ArrayType working, boolean wanted) {
            INDArray delta = epsilon == null ? code.ulike().assign(0) : epsilon.dup('c');
            if (weight > 0) {
                delta.addi(residual().mmul(d));
                layerConf().getPenalty().addGradient(code, weight, delta);
            }
            maskExamples(delta);
            delta.muli(layerConf().getScale());
            INDArray gradient = gradientViews.get(DECODER).assign(x.transpose().mmul(delta));
            if (weight > 0) {
                gradient.addi(residual().transpose().mmul(code));
            }
            return wanted ? workspaces.dup(ArrayType.ACTIVATION_GRAD, delta.mmul(d.transpose()), 'c') : null;
        }

        @Override
        protected INDArray codeOf(INDArray x) {
            return x.mmul(params.get(DECODER)).muli(layerConf().getScale());
        }

        @Override
        protected INDArray imageOf(INDArray z) {
            return z.mmul(params.get(DECODER).transpose());
        }

        @Override
        public INDArray trajectory(INDArray input) {
            return Workspaces.outside(() -> Nd4j.expandDims(encode(input), 0));
        }

        @Override
        public void startFrom(INDArray dictionary) {
            params.get(DECODER).assign(requireDictionary(dictionary, layerConf().getNIn()));
        }
    }
}
