package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.nn.OwnLayerContract;
import io.github.dl4jsparse.operator.ConvolutionGeometry;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.testkit.LayerVariant;
import io.github.dl4jsparse.testkit.NetworkKind;
import io.github.dl4jsparse.testkit.Samples;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Nested;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The contract of every layer, on a {@link ConvolutionalListaLayer} of sequences of two channels and five steps. */
class SequenceListaLayerTest {
    private static final int TIME = 5;

    private abstract static class Fixture extends OwnLayerContract {
        private final RNNFormat format;

        Fixture(RNNFormat format) {
            this.format = format;
        }

        LayerVariant variant(
                String name,
                Shrinkage shrinkage,
                int iterations,
                UnaryOperator<ConvolutionalListaLayer.Builder> options) {
            return new LayerVariant(
                    name,
                    weight -> options.apply(new ConvolutionalListaLayer.Builder(3)
                            .nOut(4)
                            .dataFormat(format)
                            .iterations(iterations)
                            .shrinkage(shrinkage)
                            .initialThreshold(0.1)
                            .penalty(new L1Penalty(0.05))
                            .unsupervisedWeight(weight)));
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public InputType inputType() {
            return InputType.recurrent(width(), TIME, format);
        }

        @Override
        public INDArray input(int batch, long seed) {
            return format == RNNFormat.NCW
                    ? Samples.gaussian(seed, batch, width(), TIME)
                    : Samples.gaussian(seed, batch, TIME, width());
        }

        @Override
        public int unitAxis() {
            return format == RNNFormat.NCW ? 1 : 2;
        }

        /** {@inheritDoc} All time steps of it. */
        @Override
        public INDArray maskOfExamples() {
            return Nd4j.create(new double[][] {{1, 1, 1, 1, 1}, {0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}});
        }

        @Override
        public double learningRate() {
            return 0.005;
        }

        @Override
        public FeedForwardLayer below() {
            return new SimpleRnn.Builder()
                    .nOut(width())
                    .dataFormat(format)
                    .activation(Activation.TANH)
                    .build();
        }

        @Override
        public Layer[] above() {
            return new Layer[] {new SumOverTime(format == RNNFormat.NCW ? 2 : 1)};
        }

        // the next four need a layer above that has weights: DL4J knows none from sequences to rows but in wrappers,
        // whose
        // widths its transfer learning can't change; SequencesAsImagesTest replaces outputs below an RnnOutputLayer
        @Override
        public void anotherWidthOfTheLayerAboveKeepsAllParameters(LayerVariant variant, NetworkKind kind) {}

        @Override
        public void numberOfOutputsIsReplaced(LayerVariant variant) {}

        @Override
        public void graphIsFrozenAndItsNumberOfOutputsReplaced(LayerVariant variant) {}

        @Override
        public void frozenLayerKeepsParametersAndLosesTheJointLoss(LayerVariant variant) {}

        @Override
        public List<INDArray> misshapenInputs() {
            return List.of(
                    Samples.gaussian(1, 2, 24), Samples.gaussian(1, 2, 3, 7), Samples.gaussian(1, 2, 2, TIME, 1));
        }

        @Override
        public INDArray pixelWeights(LayerVariant variant, INDArray residual) {
            ConvolutionalListaLayer conf = (ConvolutionalListaLayer) variant.layer(0);
            conf.setNIn(width());
            ConvolutionGeometry geometry = conf.geometry(1, TIME);
            INDArray weights = Nd4j.create(geometry.coverage());
            INDArray shaped = format == RNNFormat.NCW ? weights.reshape(1, 1, TIME) : weights.reshape(1, TIME, 1);
            return shaped.broadcast(residual.shape()).dup('c');
        }

        @Override
        public Object otherValue(Field field, Object value) {
            return switch (field.getName()) {
                case "predictive" -> new PredictiveSparseDecomposition(0.3, new Fista(7, 0.1));
                case "kernelSize", "stride", "padding", "imageSize" -> new int[] {((int[]) value)[0] + 1, 7};
                case "dataFormat" -> value == CNN2DFormat.NHWC ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
                default -> super.otherValue(field, value);
            };
        }
    }

    /** DL4J's pooling, which says that its output is one of sequences. */
    static final class SumOverTime extends GlobalPoolingLayer {
        private static final long serialVersionUID = 1;

        /** For Jackson. */
        SumOverTime() {}

        SumOverTime(int axis) {
            super(PoolingType.SUM);
            setPoolingDimensions(new int[] {axis});
        }

        @Override
        public InputType getOutputType(int index, InputType type) {
            return InputType.feedForward(((InputType.InputTypeRecurrent) type).getSize());
        }
    }

    @Nested
    class ChannelsFirst extends Fixture {
        ChannelsFirst() {
            super(RNNFormat.NCW);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    variant("soft, K = 3", Shrinkage.SOFT, 3, b -> b),
                    variant("non-negative, K = 2, stride, free, gain", Shrinkage.NON_NEGATIVE, 2, b -> b.stride(2)
                            .coupling(Coupling.free())
                            .gain(true)
                            .penalty(new GroupL2Penalty(0.1, Groups.blocks(4, 2)))));
        }
    }

    @Nested
    class ChannelsLast extends Fixture {
        ChannelsLast() {
            super(RNNFormat.NWC);
        }

        // DL4J's pooling over time takes masks of NCW alone; SequencesAsImagesTest has masks of both
        @Override
        public void withAMaskOfExamples(LayerVariant variant, NetworkKind kind) {}

        @Override
        public void frozenWithBackpropPassesTheGradientOn(LayerVariant variant, NetworkKind kind) {}

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(variant("soft, K = 2, inside", Shrinkage.SOFT, 2, b -> b.padding(1)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .coupling(Coupling.decoder())));
        }
    }
}
