package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.shrinkage.GroupShrinkage;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.AnyNetwork;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The contract of every layer, on {@link ConvolutionalListaLayer}s with a pixel mask and a noise level in their input. */
class AuxiliaryChannelsTest {
    private static LayerVariant variant(
            String name, int iterations, UnaryOperator<ConvolutionalListaLayer.Builder> options) {
        return new LayerVariant(
                name,
                weight -> options.apply(new ConvolutionalListaLayer.Builder(3, 2)
                        .nOut(4)
                        .iterations(iterations)
                        .shrinkage(Shrinkage.SOFT)
                        .initialThreshold(0.2)
                        .penalty(new L1Penalty(0.05))
                        .pixelMask(true)
                        .thresholds(ThresholdSchedule.byNoise())
                        .unsupervisedWeight(weight)));
    }

    /** Four channels of the image, the mask and the level. */
    private abstract static class Fixture extends ConvolutionalFixture {
        private final CNN2DFormat format;

        Fixture(CNN2DFormat format) {
            super(format);
            this.format = format;
        }

        @Override
        public int width() {
            return 6;
        }

        @Override
        public INDArray input(int batch, long seed) {
            return GivenTanh.give(super.input(batch, seed), unitAxis());
        }

        @Override
        public INDArray described(INDArray x) {
            return GivenTanh.channels(x, unitAxis(), 0, 4).dup('c');
        }

        @Override
        public INDArray pixelWeights(LayerVariant variant, INDArray residual, INDArray x) {
            INDArray mask = GivenTanh.channels(x, unitAxis(), 4, 5).dup('c');
            return pixelWeights(variant, residual).muli(mask.broadcast(residual.shape()));
        }

        @Override
        public FeedForwardLayer below() {
            return new ConvolutionLayer.Builder(1, 1)
                    .nOut(width())
                    .dataFormat(format)
                    .activation(new GivenTanh())
                    .build();
        }

        /** Codes of a layer below are no masks; here an ordinary layer is above the one with a mask. */
        @Override
        @ParameterizedTest
        @MethodSource("variants")
        public void stackOfTwo(LayerVariant variant) {
            FeedForwardLayer above = new ConvolutionalListaLayer.Builder(2, 2)
                    .nOut(3)
                    .dataFormat(format)
                    .shrinkage(Shrinkage.SOFT)
                    .initialThreshold(0.1)
                    .penalty(new L1Penalty(0.05))
                    .unsupervisedWeight(0.8)
                    .name(NAME)
                    .build();
            assertTrue(passes(new AnyNetwork.Stack(network(settings(), variant.layer(0.7), above)), null));
        }
    }

    @Nested
    class ChannelsFirst extends Fixture {
        ChannelsFirst() {
            super(CNN2DFormat.NCHW);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    variant("dictionary, K = 3", 3, b -> b.coupling(Coupling.dictionary())),
                    variant("decoder, K = 3, gain", 3, b -> b.coupling(Coupling.decoder())
                            .gain(true)),
                    variant("learned, K = 3, untied", 3, b -> b.coupling(Coupling.learned())
                            .untied(true)),
                    variant("groups, learned, K = 2, untied", 2, b -> b.coupling(Coupling.learned())
                            .untied(true)
                            .penalty(new GroupL2Penalty(0.1, Groups.blocks(4, 2)))
                            .shrinkage(new GroupShrinkage(Groups.blocks(4, 2)))));
        }
    }

    @Nested
    class ChannelsLast extends Fixture {
        ChannelsLast() {
            super(CNN2DFormat.NHWC);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    variant("learned, K = 2, untied", 2, b -> b.dataFormat(CNN2DFormat.NHWC)
                            .coupling(Coupling.learned())
                            .untied(true)),
                    variant("non-negative, dictionary, K = 2, untied, no border", 2, b -> b.dataFormat(CNN2DFormat.NHWC)
                            .shrinkage(Shrinkage.NON_NEGATIVE)
                            .untied(true)
                            .weightBorder(false)));
        }
    }
}
