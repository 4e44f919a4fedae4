package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.energy.GroupL2Penalty;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.energy.LateralInhibitionPenalty;
import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.energy.SpatialGroupPenalty;
import io.github.dl4jsparse.group.Groups;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.group.SpatialWindow;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import io.github.dl4jsparse.testkit.LayerVariant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.junit.jupiter.api.Nested;

/** The contract of every layer, on every kind of {@link ConvolutionalListaLayer}. */
class ConvolutionalListaLayerTest {
    private static LayerVariant variant(
            String name, Shrinkage shrinkage, int iterations, UnaryOperator<ConvolutionalListaLayer.Builder> options) {
        return new LayerVariant(
                name,
                weight -> options.apply(new ConvolutionalListaLayer.Builder(3, 2)
                        .nOut(4)
                        .iterations(iterations)
                        .shrinkage(shrinkage)
                        .initialThreshold(0.1)
                        .penalty(new L1Penalty(0.05))
                        .unsupervisedWeight(weight)));
    }

    private static LayerVariant channelsLast(
            String name, Shrinkage shrinkage, int iterations, UnaryOperator<ConvolutionalListaLayer.Builder> options) {
        return variant(name, shrinkage, iterations, b -> options.apply(b.dataFormat(CNN2DFormat.NHWC)));
    }

    @Nested
    class ChannelsFirst extends ConvolutionalFixture {
        ChannelsFirst() {
            super(CNN2DFormat.NCHW);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    variant("non-negative, K = 1, gain", Shrinkage.NON_NEGATIVE, 1, b -> b.gain(true)),
                    variant("soft, K = 3", Shrinkage.SOFT, 3, b -> b),
                    variant("non-negative, K = 3, inside, untied", Shrinkage.NON_NEGATIVE, 3, b -> b.convolutionMode(
                                    ConvolutionMode.Truncate)
                            .padding(1, 1)
                            .untied(true)),
                    variant("soft, K = 2, free", Shrinkage.SOFT, 2, b -> b.coupling(Coupling.free())
                            .weightBorder(false)
                            .penalty(new GroupL2Penalty(0.1, Groups.blocks(4, 2)))),
                    variant("non-negative, K = 2, stride, tied decoder", Shrinkage.NON_NEGATIVE, 2, b -> b.stride(2, 1)
                            .tiedDecoder(true)),
                    // S is over maps; its entries start far from zero, where an inhibition matrix has a kink
                    variant(
                            "soft, K = 2, inhibition learned by descent",
                            Shrinkage.SOFT,
                            2,
                            b -> b.penalty(new LateralInhibitionPenalty(
                                            0.4, InhibitionMatrix.uniform(4, 0.4), new L1Penalty(0.05))
                                    .learned(LearnedInhibition.descent(1.2, 0.9)))),
                    variant(
                            "soft, K = 1, windows",
                            Shrinkage.SOFT,
                            1,
                            b -> b.penalty(new SpatialGroupPenalty(
                                    0.1, 4, 3, Groups.blocks(4, 2), SpatialWindow.square(2, 1), 1e-3))));
        }
    }

    @Nested
    class ChannelsLast extends ConvolutionalFixture {
        ChannelsLast() {
            super(CNN2DFormat.NHWC);
        }

        @Override
        public Stream<LayerVariant> variants() {
            return Stream.of(
                    channelsLast("soft, K = 2, gain", Shrinkage.SOFT, 2, b -> b.gain(true)),
                    channelsLast("non-negative, K = 1, padded", Shrinkage.NON_NEGATIVE, 1, b -> b.convolutionMode(
                                    ConvolutionMode.Truncate)
                            .padding(2, 1)));
        }
    }
}
