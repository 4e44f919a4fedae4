package example;

import io.github.dl4jsparse.nn.spi.ParameterFreeConf;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Compresses large values, {@code y = sign(x) log(1 + s |x|)}, element by element. */
public final class CompressionLayer extends ParameterFreeConf {
    @JsonProperty
    private double strength;

    /** For Jackson. */
    private CompressionLayer() {}

    private CompressionLayer(Builder builder) {
        super(builder);
        this.strength = builder.strength;
    }

    @Override
    protected Impl newLayer(NeuralNetConfiguration conf, DataType dataType) {
        return new Impl(conf, dataType);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return inputType;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long elements = inputType.arrayElementsPerExample();
        return memoryReport(inputType, inputType, elements, 2 * elements);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompressionLayer layer && super.equals(other) && strength == layer.strength;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), strength);
    }

    /** Builds a {@link CompressionLayer}. */
    @SuppressWarnings("unchecked") // DL4J declares build() with a type of the caller's choice
    public static final class Builder extends Layer.Builder<Builder> {
        private double strength = 1;

        /** The factor s, above 0; default 1. */
        public Builder strength(double strength) {
            this.strength = strength;
            return this;
        }

        @Override
        public CompressionLayer build() {
            if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("strength must be finite and > 0, got " + strength);
            }
            return new CompressionLayer(this);
        }
    }

    /** Runs a {@link CompressionLayer}. */
    private static final class Impl extends ParameterFreeLayer<CompressionLayer> {
        Impl(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            assertInputSet(false);
            applyDropOutIfNecessary(training, workspaces);
            INDArray x = input.castTo(dataType);
            INDArray y = Transforms.log(Transforms.abs(x, true).muli(layerConf().strength).addi(1), false);
            return workspaces.leverageTo(ArrayType.ACTIVATIONS, y.muli(Transforms.sign(x, true)));
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            assertInputSet(true);
            double s = layerConf().strength;
            INDArray slope = Transforms.abs(input.castTo(dataType), true).muli(s).addi(1).rdivi(s);
            INDArray gradient = workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, slope.muli(epsilon.castTo(dataType)));
            return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(gradient));
        }
    }
}
