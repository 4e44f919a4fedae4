package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.internal.dl4j.MemoryReports;
import io.github.dl4jsparse.internal.dl4j.Workspaces;
import io.github.dl4jsparse.internal.nn.RandomDictionary;
import io.github.dl4jsparse.nn.spi.TrainingPass.WholeBatchPass;
import io.github.dl4jsparse.operator.DenseOperator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lombok.AccessLevel;
import lombok.EqualsAndHashCode;
import lombok.Getter;
import lombok.NoArgsConstructor;
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
    public NamedParamInitializer<?> initializer() {
        return Initializer.INSTANCE;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return MemoryReports.of(this, inputType, nOut, 2 * nOut + nIn);
    }

    /** Builds a {@link TransposeLayer}. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
    public static final class Builder extends SparseLayerBuilder<Builder> {
        private double scale = 0.5;

        @Override
        public TransposeLayer build() {
            requireValid(TransposeLayer.class);
            return new TransposeLayer(this);
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

    private static final class Pass extends WholeBatchPass {
        private final double scale;
        private final INDArray d;

        Pass(TransposeLayer conf, INDArray x, INDArray d, Consumer<INDArray> mask) {
            super(x, x.mmul(d).muli(conf.getScale()), new DenseOperator(d), conf.getPenalty(), mask);
            this.scale = conf.getScale();
            this.d = d;
        }

        @Override
        public void backward(INDArray epsilon, double weight, Map<String, INDArray> gradients, INDArray onInput) {
            weigh(weight);
            INDArray delta = epsilon == null ? code.ulike().assign(0) : epsilon.dup('c');
            if (weight > 0) {
                delta.addi(residual().mmul(d));
                penalty.addGradient(code, weight, delta);
            }
            maskExamples(delta);
            delta.muli(scale);
            INDArray gradient = gradients.get(DECODER).assign(x.transpose().mmul(delta));
            if (weight > 0) {
                gradient.addi(residual().transpose().mmul(code));
            }
            if (onInput != null) {
                onInput.assign(delta.mmul(d.transpose()));
            }
        }
    }

    private static final class TransposeLayerImpl extends SparseLayer<TransposeLayer> {
        private static final long serialVersionUID = 1;

        TransposeLayerImpl(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        protected TrainingPass forward(INDArray x, Map<String, INDArray> weights) {
            return Workspaces.outside(() -> new Pass(layerConf(), x, weights.get(DECODER), this::maskExamples));
        }

        @Override
        protected INDArray infer(INDArray x, Map<String, INDArray> weights, LayerWorkspaceMgr workspaces) {
            INDArray code = x.mmul(weights.get(DECODER)).muli(layerConf().getScale());
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, code);
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
